package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.contacts.Crowd;
import com.funnelseye.messaging.conversations.Conversations;
import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.http.Refusal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Judges every addressee of a batch: who is skipped, who cannot be sent to, and what the others get. It asks one
/// question about all of them at a time, and writes nothing.
@Component
class BatchPlanner {

    private final Accounts accounts;
    private final Crowd crowd;
    private final Conversations conversations;
    private final BatchComposer composer;
    private final Credits credits;

    BatchPlanner(
            Accounts accounts, Crowd crowd, Conversations conversations, BatchComposer composer, Credits credits) {
        this.accounts = accounts;
        this.crowd = crowd;
        this.conversations = conversations;
        this.composer = composer;
        this.credits = credits;
    }

    Batch plan(Batch.Order order) {
        var scope = scopeOf(order);
        var content = composer.contentOf(order);
        var lines = withNumbers(order.addressees(), scope);
        lines = withoutDuplicates(lines);
        lines = withoutOptedOut(lines);
        lines = withContacts(lines, scope);
        lines = withOpenWindow(lines);
        lines = composer.compose(content, lines);
        var payer = order.caller() instanceof Caller.Coach coach ? coach.id() : null;
        return new Batch(order.caller(), payer, payer == null ? 0 : credits.price(), content.version(), lines);
    }

    private Scope scopeOf(Batch.Order order) {
        if (order.caller() instanceof Caller.Admin && order.coachId() != null) {
            var coach = accounts.coach(order.coachId()).orElseThrow(() -> Refusal.notFound("Coach"));
            return new Scope.Everyone(coach.id());
        }
        return order.caller().scope();
    }

    private List<BatchLine> withNumbers(List<Addressee> addressees, Scope scope) {
        var leadIds = addressees.stream()
                .map(Addressee::leadId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var leads = leadIds.isEmpty() ? Map.<UUID, Contact>of() : crowd.byIds(scope, leadIds);
        return addressees.stream().map(addressee -> numbered(addressee, leads)).toList();
    }

    /// A lead that is not found stays in: she is not skipped, she fails.
    private BatchLine numbered(Addressee addressee, Map<UUID, Contact> leads) {
        var line = BatchLine.of(addressee);
        if (addressee.leadId() != null && leads.containsKey(addressee.leadId())) {
            line = line.to(leads.get(addressee.leadId()), false);
        }
        if (addressee.hasPhone()) {
            var phone = crowd.phone(addressee.phone());
            return phone.isPresent() ? line.dialling(phone.get()) : line.judged(Verdict.NO_PHONE);
        }
        var unreachable = line.contact() != null && line.contact().phone() == null;
        return addressee.leadId() == null || unreachable ? line.judged(Verdict.NO_PHONE) : line;
    }

    private static List<BatchLine> withoutDuplicates(List<BatchLine> lines) {
        var seen = new HashSet<String>();
        return going(lines, line -> {
            var person = line.person();
            return person == null || seen.add(person) ? line : line.judged(Verdict.TWICE);
        });
    }

    private List<BatchLine> withoutOptedOut(List<BatchLine> lines) {
        var optedOut = crowd.optedOut(personsOf(lines));
        return going(lines, line -> isIn(optedOut, line) ? line.judged(Verdict.OPTED_OUT) : line);
    }

    private List<BatchLine> withContacts(List<BatchLine> lines, Scope scope) {
        var dialled = personsOf(
                lines.stream().filter(line -> line.addressee().leadId() == null).toList());
        var known = dialled.isEmpty() ? Map.<String, Contact>of() : crowd.ofCoach(scope.coachId(), dialled);
        return going(lines, line -> {
            if (line.addressee().leadId() != null) {
                return theLead(line);
            }
            var phone = Objects.requireNonNull(line.phone());
            var contact = known.get(phone.person().key());
            return contact == null
                    ? line.to(crowd.newcomer(scope.coachId(), phone, line.addressee().name()), true)
                    : reachable(line.to(contact, false));
        });
    }

    private static BatchLine theLead(BatchLine line) {
        if (line.contact() == null) {
            return line.judged(Verdict.NO_CONTACT);
        }
        var others = line.phone() != null
                && !line.phone().person().key().equals(line.contact().person());
        return others ? line.judged(Verdict.OTHER_LEAD) : reachable(line);
    }

    private static BatchLine reachable(BatchLine line) {
        return line.contact() != null && line.contact().phone() == null ? line.judged(Verdict.NO_CONTACT) : line;
    }

    private List<BatchLine> withOpenWindow(List<BatchLine> lines) {
        var open = conversations.withOpenWindow(personsOf(lines));
        return going(lines, line -> isIn(open, line) ? line : line.judged(Verdict.NO_WINDOW));
    }

    private static boolean isIn(Set<String> persons, BatchLine line) {
        var person = line.person();
        return person != null && persons.contains(person);
    }

    private static Collection<String> personsOf(List<BatchLine> lines) {
        return lines.stream()
                .filter(BatchLine::goes)
                .map(BatchLine::person)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
    }

    /// Those still going are looked at; the others stay as they were judged.
    static List<BatchLine> going(List<BatchLine> lines, UnaryOperator<BatchLine> look) {
        return lines.stream().map(line -> line.goes() ? look.apply(line) : line).toList();
    }
}
