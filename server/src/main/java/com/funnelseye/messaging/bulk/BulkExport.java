package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.contacts.SafeCell;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Service;

/// The recipients of a bulk as a CSV file, written as they are read. No database connection waits for a slow reader.
@Service
class BulkExport {

    /// Read from the database at once.
    static final int BATCH = 500;

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private record Column(String name, Function<Recipient, @Nullable Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("position", Recipient::position),
            new Column("contact", Recipient::contact),
            new Column("name", Recipient::name),
            new Column("leadId", Recipient::leadId),
            new Column("status", recipient -> recipient.status().name().toLowerCase(Locale.ROOT)),
            new Column("messageId", Recipient::messageId),
            new Column("code", Recipient::code),
            new Column("error", Recipient::error),
            new Column("retryableAt", recipient -> time(recipient.retryableAt())),
            new Column("acceptedAt", recipient -> time(recipient.acceptedAt())),
            new Column("deliveredAt", recipient -> time(recipient.deliveredAt())),
            new Column("readAt", recipient -> time(recipient.readAt())));

    private final Bulks bulks;
    private final Recipients recipients;
    private final Audit audit;

    BulkExport(Bulks bulks, Recipients recipients, Audit audit) {
        this.bulks = bulks;
        this.recipients = recipients;
        this.audit = audit;
    }

    void write(Caller caller, UUID id, HttpServletResponse response) throws IOException {
        bulks.byId(caller.scope(), id);
        audit.record(caller, "bulk.exported", new Subject("bulk", id));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("bulk-%s.csv".formatted(id))
                        .build()
                        .toString());
        var csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        csv.writeRecord(COLUMNS.stream().map(Column::name).toList());
        for (var batch = recipients.from(id, 0, BATCH);
                !batch.isEmpty();
                batch = recipients.from(id, batch.getLast().position() + 1, BATCH)) {
            batch.forEach(recipient -> csv.writeRecord(COLUMNS.stream()
                    .map(column -> SafeCell.of(column.value().apply(recipient)))
                    .toList()));
        }
        csv.flush();
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : MILLIS.format(at);
    }
}
