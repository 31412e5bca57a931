package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Contacts as a CSV file, written as they are read. No database connection waits for a slow reader.
@Service
class ContactExport {

    /// Read from the database at once.
    static final int BATCH = 500;

    static final int MAX_ROWS = 1_000_000;

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private record Column(String name, Function<Contact, @Nullable Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("_id", Contact::id),
            new Column("name", Contact::name),
            new Column("email", Contact::email),
            new Column("phone", Contact::phone),
            new Column("status", Contact::status),
            new Column("leadTemperature", Contact::temperature),
            new Column("source", Contact::source),
            new Column("country", Contact::country),
            new Column("city", Contact::city),
            new Column("tags", contact -> listed(contact.tags())),
            new Column("notes", Contact::notes),
            new Column("optOut", Contact::optOut),
            new Column("messageCount", Contact::messageCount),
            new Column("createdAt", contact -> time(contact.createdAt())),
            new Column("updatedAt", contact -> time(contact.updatedAt())),
            new Column("clientQuestions", Contact::clientQuestions),
            new Column("coachQuestions", Contact::coachQuestions));

    private static final List<Column> OF_COACH =
            List.of(new Column("coachId", Contact::coachId), new Column("coachName", Contact::coachName));

    private static final JsonMapper JSON = new JsonMapper();

    private final ContactRepository repository;
    private final Audit audit;
    private final Clock clock;

    ContactExport(ContactRepository repository, Audit audit, Clock clock) {
        this.repository = repository;
        this.audit = audit;
        this.clock = clock;
    }

    void toCoach(Caller.Coach coach, ContactFilter filter, HttpServletResponse response) throws IOException {
        audit.record(coach, "contacts.exported", new Subject("coach", coach.id()));
        write(COLUMNS, coach.scope(), filter, response);
    }

    void toAdmin(Caller.Admin admin, Scope scope, ContactFilter filter, HttpServletResponse response)
            throws IOException {
        audit.record(admin, "contacts.exported", new Subject("coach", scope.coachId()));
        var columns = new ArrayList<>(COLUMNS);
        columns.addAll(OF_COACH);
        write(columns, scope, filter, response);
    }

    private void write(List<Column> columns, Scope scope, ContactFilter filter, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition());
        var csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        csv.writeRecord(columns.stream().map(Column::name).toList());
        var written = 0;
        for (var batch = repository.after(null, scope, filter, BATCH);
                !batch.isEmpty() && written < MAX_ROWS;
                batch = repository.after(batch.getLast(), scope, filter, BATCH)) {
            for (var contact : batch) {
                csv.writeRecord(columns.stream()
                        .map(column -> SafeCell.of(column.value().apply(contact)))
                        .toList());
            }
            written += batch.size();
        }
        csv.flush();
    }

    private String disposition() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return ContentDisposition.attachment()
                .filename("contacts-%s.csv".formatted(today))
                .build()
                .toString();
    }

    private static String listed(String tags) {
        return String.join("; ", JSON.readValue(tags, String[].class));
    }

    private static String time(Instant at) {
        return MILLIS.format(at);
    }
}
