package com.funnelseye.messaging.contacts;

import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Total;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Contacts of one coach that are probably one person. A common e-mail says most, then the last nine digits of the
/// number
/// (a wrong or missing country prefix), then the full name; a first name alone says nothing.
@Service
class Duplicates {

    /// A group shows so many of its contacts, the oldest first.
    static final int MAX_SHOWN = 20;

    /// In the order of what they prove, strongest first.
    enum Reason {
        EMAIL,
        PHONE,
        NAME
    }

    /// @param reason the strongest of `reasons`
    /// @param reasons all that these contacts have in common
    /// @param total how many contacts there are, of which some are shown
    record Group<T>(Reason reason, List<Reason> reasons, long total, List<T> contacts) {
        <S> Group<S> as(Function<T, S> shown) {
            return new Group<>(
                    reason, reasons, total, contacts.stream().map(shown).toList());
        }
    }

    record DuplicatePage<T>(List<Group<T>> groups, Pagination pagination) {
        <S> DuplicatePage<S> as(Function<T, S> shown) {
            return new DuplicatePage<>(
                    groups.stream().map(group -> group.as(shown)).toList(), pagination);
        }
    }

    private record Alike(List<Reason> reasons, long total, List<UUID> contactIds) {}

    /// Lists come as texts with commas.
    private record Row(String reasons, long total, String contactIds) {
        Alike alike() {
            return new Alike(all(reasons, Reason::valueOf), total, all(contactIds, UUID::fromString));
        }

        private static <T> List<T> all(String texts, Function<String, T> meaning) {
            return Arrays.stream(texts.split(",", -1)).map(meaning).toList();
        }
    }

    /// Each of the three reads its index in order, the coach's part alone: no contact is compared with another.
    private static final String GROUPS = """
        WITH alike AS (
            SELECT 'EMAIL' AS reason, array_agg(id ORDER BY id) AS members
              FROM contact
             WHERE coach_id = :coachId AND deleted_at IS NULL AND email_key IS NOT NULL
             GROUP BY email_key
            HAVING count(*) > 1
             UNION ALL
            SELECT 'PHONE', array_agg(id ORDER BY id)
              FROM contact
             WHERE coach_id = :coachId AND deleted_at IS NULL AND phone_key IS NOT NULL
             GROUP BY phone_key
            HAVING count(*) > 1
             UNION ALL
            SELECT 'NAME', array_agg(id ORDER BY id)
              FROM contact
             WHERE coach_id = :coachId AND deleted_at IS NULL AND name_key IS NOT NULL
             GROUP BY name_key
            HAVING count(*) > 1
        ), alike_group AS (
            SELECT array_agg(reason ORDER BY array_position(ARRAY['EMAIL', 'PHONE', 'NAME'], reason)) AS reasons, members
              FROM alike
             GROUP BY members
        )
        """;

    private final JdbcClient jdbc;
    private final ContactRepository repository;

    Duplicates(JdbcClient jdbc, ContactRepository repository) {
        this.jdbc = jdbc;
        this.repository = repository;
    }

    /// An admin looks at one coach at a time: contacts of two coaches are never duplicates.
    DuplicatePage<Contact> of(Scope scope, Page page) {
        var coachId = scope.coachId();
        if (coachId == null) {
            throw Refusal.invalid("coachId", "coachId is required");
        }
        var groups = groups(coachId, page);
        var shown = contacts(scope, groups.stream().flatMap(Duplicates::shown));
        return new DuplicatePage<>(
                groups.stream().map(group -> group(group, shown)).toList(), page.of(total(coachId)));
    }

    private static Group<Contact> group(Alike alike, Map<UUID, Contact> contacts) {
        var members = shown(alike).map(contacts::get).filter(Objects::nonNull).toList();
        return new Group<>(alike.reasons().getFirst(), alike.reasons(), alike.total(), members);
    }

    private static Stream<UUID> shown(Alike group) {
        return group.contactIds().stream().limit(MAX_SHOWN);
    }

    private Map<UUID, Contact> contacts(Scope scope, Stream<UUID> ids) {
        return repository.byIds(scope, ids.distinct().toList()).stream()
                .collect(toMap(Contact::id, Function.identity()));
    }

    private List<Alike> groups(UUID coachId, Page page) {
        return jdbc
                .sql(GROUPS + """
                    SELECT array_to_string(reasons, ',') AS reasons, cardinality(members) AS total,
                           array_to_string(trim_array(members, greatest(0, cardinality(members) - :shown)), ',')
                               AS contact_ids
                      FROM alike_group
                     ORDER BY array_position(ARRAY['EMAIL', 'PHONE', 'NAME'], reasons[1]), members
                     LIMIT :limit OFFSET :offset
                    """)
                .param("coachId", coachId)
                .param("shown", MAX_SHOWN)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Row.class)
                .list()
                .stream()
                .map(Row::alike)
                .toList();
    }

    private Total total(UUID coachId) {
        return Total.upToCap(
                jdbc.sql(GROUPS + " SELECT count(*) FROM (SELECT 1 FROM alike_group LIMIT :cap + 1) AS found")
                        .param("coachId", coachId)
                        .param("cap", Total.CAP)
                        .query(Long.class)
                        .single());
    }
}
