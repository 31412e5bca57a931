package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.http.Refusal;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;

/// The state of the bulk does not allow this any more.
final class BulkOver extends Refusal {

    BulkOver(String verb, Bulk.Status status) {
        super(
                HttpStatus.CONFLICT,
                "BULK_STATE",
                "A %s bulk cannot be %s".formatted(status.name().toLowerCase(Locale.ROOT), verb),
                "Conflict",
                Map.of("status", status));
    }
}
