package com.funnelseye.messaging.contacts;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.contacts.OptOuts.Source;
import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.PreferenceChosen;
import java.util.Comparator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Does what people chose in WhatsApp's own settings about marketing.
@Service
class PreferenceReader {

    static final int BATCH = 100;

    private final Events events;
    private final Contacts contacts;
    private final OptOuts optOuts;
    private final JdbcClient jdbc;

    PreferenceReader(Events events, Contacts contacts, OptOuts optOuts, JdbcClient jdbc) {
        this.events = events;
        this.contacts = contacts;
        this.optOuts = optOuts;
        this.jdbc = jdbc;
    }

    /// One pass, person by person, so that two nodes lock in the same order.
    @Transactional
    public int runOnce() {
        var chosen = events.duePreferences(BATCH);
        chosen.stream()
                .sorted(Comparator.comparing(this::person).thenComparing(PreferenceChosen::at))
                .filter(this::isNewest)
                .forEach(choice -> optOuts.chose(person(choice), choice.optedOut(), Source.WHATSAPP, null));
        events.applied(chosen.stream().map(PreferenceChosen::id).toList());
        return chosen.size();
    }

    private String person(PreferenceChosen choice) {
        return contacts.whoWrote(choice.from(), choice.userId()).key();
    }

    /// Choices come twice and late. Of two in the same second the wish to be left alone counts.
    private boolean isNewest(PreferenceChosen choice) {
        return jdbc.sql("""
            INSERT INTO marketing_preference (person, opted_out, at)
            VALUES (:person, :optedOut, :at)
                ON CONFLICT (person) DO UPDATE
               SET opted_out = excluded.opted_out, at = excluded.at
             WHERE (excluded.at, excluded.opted_out) > (marketing_preference.at, marketing_preference.opted_out)
            """)
                        .param("person", person(choice))
                        .param("optedOut", choice.optedOut())
                        .param("at", choice.at().atOffset(UTC))
                        .update()
                == 1;
    }
}
