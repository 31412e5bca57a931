package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.contacts.ContactImport.Choices;
import com.funnelseye.messaging.contacts.ContactImport.Imported;
import com.funnelseye.messaging.http.Reply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Contacts as files.
@RestController
@RequestMapping("/api/messaging/contacts")
class ContactFileController {

    private final ContactImport imports;
    private final ContactExport exports;

    ContactFileController(ContactImport imports, ContactExport exports) {
        this.imports = imports;
        this.exports = exports;
    }

    @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Reply<Imported> upload(
            Coach coach, @RequestPart(name = "file", required = false) @Nullable MultipartFile file, Choices choices)
            throws IOException {
        return Reply.of(imports.run(coach, ImportChoices.bytesOf(file), choices));
    }

    @PostMapping(path = "/import", consumes = "text/csv")
    Reply<Imported> uploadText(Coach coach, @RequestBody byte[] file, Choices choices) {
        return Reply.of(imports.run(coach, file, choices));
    }

    @GetMapping(path = "/export", produces = "text/csv")
    void export(Coach coach, ContactFilter filter, HttpServletResponse response) throws IOException {
        exports.toCoach(coach, filter, response);
    }
}
