package com.funnelseye.messaging.contacts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.contacts.ContactExists.Existing;
import com.funnelseye.messaging.http.FromQuery;
import com.funnelseye.messaging.http.Ids;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Adds the contacts of a file, row by row judged: a bad row loses nothing of the others.
@Service
class ContactImport {

    /// Rows stored in one transaction. What fails for a reason of ours leaves the batches before it stored.
    static final int BATCH = 500;

    enum Status {
        CREATED,
        UPDATED,
        SKIPPED,
        INVALID
    }

    record Fault(String field, String message) {}

    /// @param row as a spreadsheet numbers it; the header is row 1
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verdict(int row, Status status, @Nullable UUID contactId, List<Fault> errors) {
        static Verdict of(int row, Status status, @Nullable UUID contactId) {
            return new Verdict(row, status, contactId, List.of());
        }
    }

    record Counts(int total, long created, long updated, long skipped, long invalid) {
        static Counts of(List<Verdict> rows) {
            return new Counts(
                    rows.size(),
                    number(rows, Status.CREATED),
                    number(rows, Status.UPDATED),
                    number(rows, Status.SKIPPED),
                    number(rows, Status.INVALID));
        }

        private static long number(List<Verdict> rows, Status status) {
            return rows.stream().filter(row -> row.status() == status).count();
        }
    }

    /// @param columns column of the file → field it was read as, null when ignored
    record Imported(boolean dryRun, Map<String, @Nullable String> columns, Counts counts, List<Verdict> rows) {}

    /// @param updateExisting people the coach has already get what the file says of them; else they are skipped
    @FromQuery(value = "dryRun", type = boolean.class, otherwise = "false")
    @FromQuery(
            value = "onDuplicate",
            words = {"skip", "update"},
            otherwise = "skip")
    @FromQuery("mapping")
    record Choices(boolean dryRun, boolean updateExisting, Map<String, @Nullable String> mapping) {}

    private record Candidate(int row, String person, ContactEdit edit) {}

    private final ContactEdits edits;
    private final Audit audit;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final @Nullable String defaultRegion;

    ContactImport(
            ContactEdits edits,
            Audit audit,
            TransactionOperations transaction,
            Clock clock,
            @Value("${messaging.contacts.default-region:#{null}}") @Nullable String defaultRegion) {
        this.edits = edits;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
        this.defaultRegion = defaultRegion;
    }

    Imported run(Coach coach, byte[] file, Choices choices) {
        var sheet = Sheet.read(file);
        var columns = SheetColumns.of(sheet.header(), choices.mapping());
        var verdicts = new ArrayList<Verdict>();
        var candidates = candidates(columns, sheet.rows(), verdicts);
        for (var from = 0; from < candidates.size(); from += BATCH) {
            var batch = candidates.subList(from, Math.min(from + BATCH, candidates.size()));
            transaction.executeWithoutResult(_ -> verdicts.addAll(judged(coach, batch, choices)));
        }
        verdicts.sort(Comparator.comparingInt(Verdict::row));
        var counts = Counts.of(verdicts);
        if (!choices.dryRun()) {
            audit.record(
                    coach, "contacts.imported", new Subject("coach", coach.id()), Map.of(), Map.of("counts", counts));
        }
        return new Imported(choices.dryRun(), columns.shown(), counts, verdicts);
    }

    /// Rows that say something sensible of somebody no row before them spoke of; the others get their verdict.
    private List<Candidate> candidates(SheetColumns columns, List<Sheet.Row> rows, List<Verdict> verdicts) {
        var candidates = new LinkedHashMap<String, Candidate>();
        for (var row : rows) {
            var outcome = ContactForm.added(SheetRow.read(columns, row), defaultRegion);
            if (!outcome.errors().isEmpty()) {
                var faults = outcome.errors().entrySet().stream()
                        .map(error -> new Fault(error.getKey(), error.getValue()))
                        .toList();
                verdicts.add(new Verdict(row.number(), Status.INVALID, null, faults));
                continue;
            }
            var person = outcome.edit().dialled().person().key();
            var first = candidates.putIfAbsent(person, new Candidate(row.number(), person, outcome.edit()));
            if (first != null) {
                var fault = new Fault("phone", "The same person as in row %d".formatted(first.row()));
                verdicts.add(new Verdict(row.number(), Status.SKIPPED, null, List.of(fault)));
            }
        }
        return List.copyOf(candidates.values());
    }

    private List<Verdict> judged(Coach coach, List<Candidate> batch, Choices choices) {
        var existing =
                edits.existing(coach.id(), batch.stream().map(Candidate::person).toList());
        var added = new LinkedHashMap<UUID, ContactEdit>();
        var updated = new LinkedHashMap<UUID, ContactEdit>();
        var verdicts = new ArrayList<Verdict>();
        for (var candidate : batch) {
            var known = existing.get(candidate.person());
            var verdict = judged(candidate, known, choices);
            verdicts.add(verdict);
            var id = verdict.contactId();
            if (id != null && verdict.status() != Status.SKIPPED) {
                (known == null ? added : updated).put(id, candidate.edit());
            }
        }
        return choices.dryRun() ? withoutNewIds(verdicts, added) : stored(coach, verdicts, added, updated, existing);
    }

    private static Verdict judged(Candidate candidate, @Nullable Existing known, Choices choices) {
        if (known == null) {
            return Verdict.of(candidate.row(), Status.CREATED, Ids.next());
        }
        if (known.deleted()) {
            return Verdict.of(candidate.row(), Status.CREATED, known.contactId());
        }
        return Verdict.of(
                candidate.row(), choices.updateExisting() ? Status.UPDATED : Status.SKIPPED, known.contactId());
    }

    /// A person added by somebody else meanwhile is skipped after all.
    private List<Verdict> stored(
            Coach coach,
            List<Verdict> verdicts,
            Map<UUID, ContactEdit> added,
            Map<UUID, ContactEdit> updated,
            Map<String, Existing> existing) {
        var now = clock.instant();
        var missed = new HashMap<>(added);
        edits.add(coach.id(), added, now).forEach(missed::remove);
        edits.bringBack(existing.values().stream()
                .filter(Existing::deleted)
                .map(Existing::contactId)
                .toList());
        edits.apply(updated, now);
        return verdicts.stream()
                .map(verdict -> verdict.contactId() != null && missed.containsKey(verdict.contactId())
                        ? Verdict.of(verdict.row(), Status.SKIPPED, null)
                        : verdict)
                .toList();
    }

    private static List<Verdict> withoutNewIds(List<Verdict> verdicts, Map<UUID, ContactEdit> added) {
        return verdicts.stream()
                .map(verdict -> verdict.contactId() != null && added.containsKey(verdict.contactId())
                        ? Verdict.of(verdict.row(), verdict.status(), null)
                        : verdict)
                .toList();
    }
}
