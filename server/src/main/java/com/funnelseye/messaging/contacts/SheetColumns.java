package com.funnelseye.messaging.contacts;

import static java.util.Map.entry;

import com.funnelseye.messaging.http.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which column of a sheet is which field of a contact; null: none, it is ignored.
record SheetColumns(List<String> header, List<@Nullable String> fields) {

    static final String FIRST_NAME = "firstName";
    static final String LAST_NAME = "lastName";
    static final String CLIENT = "clientQuestions";
    static final String COACH = "coachQuestions";

    private static final Set<String> FIELDS = Set.of(
            "name",
            FIRST_NAME,
            LAST_NAME,
            "email",
            "phone",
            "status",
            "leadTemperature",
            "source",
            "country",
            "city",
            "tags",
            "notes",
            CLIENT,
            COACH);

    /// What files call our fields, in lower case without anything but letters and digits.
    private static final Map<String, String> ALIASES = Map.ofEntries(
            entry("fullname", "name"),
            entry("contactname", "name"),
            entry("leadname", "name"),
            entry("clientname", "name"),
            entry("displayname", "name"),
            entry("givenname", FIRST_NAME),
            entry("familyname", LAST_NAME),
            entry("surname", LAST_NAME),
            entry("emailaddress", "email"),
            entry("mail", "email"),
            entry("phonenumber", "phone"),
            entry("mobile", "phone"),
            entry("mobilenumber", "phone"),
            entry("mobilephone", "phone"),
            entry("cell", "phone"),
            entry("cellphone", "phone"),
            entry("tel", "phone"),
            entry("telephone", "phone"),
            entry("whatsapp", "phone"),
            entry("whatsappnumber", "phone"),
            entry("contactnumber", "phone"),
            entry("leadstatus", "status"),
            entry("stage", "status"),
            entry("temperature", "leadTemperature"),
            entry("leadsource", "source"),
            entry("town", "city"),
            entry("tag", "tags"),
            entry("labels", "tags"),
            entry("note", "notes"),
            entry("comment", "notes"),
            entry("comments", "notes"));

    /// @param mapping column → field, or null for a column to ignore; said nothing of, a column is known by its name
    static SheetColumns of(List<String> header, Map<String, @Nullable String> mapping) {
        for (var said : mapping.entrySet()) {
            var field = said.getValue();
            if (!header.contains(said.getKey())) {
                throw Refusal.invalid("mapping", "mapping names a column the file does not have");
            }
            if (field != null && !isField(field)) {
                throw Refusal.invalid("mapping", "mapping names a field contacts do not have");
            }
        }
        var fields = new ArrayList<@Nullable String>();
        for (var name : header) {
            var field = mapping.containsKey(name) ? mapping.get(name) : known(name);
            fields.add(fields.contains(field) ? null : field);
        }
        if (!fields.contains("phone")) {
            throw Refusal.invalid("file", "The file has no column with phone numbers");
        }
        return new SheetColumns(header, fields);
    }

    /// Column → field, for the answer.
    Map<String, @Nullable String> shown() {
        var shown = new LinkedHashMap<String, @Nullable String>();
        for (var i = 0; i < header.size(); i++) {
            shown.putIfAbsent(header.get(i), fields.get(i));
        }
        return shown;
    }

    private static @Nullable String known(String name) {
        if (isField(name)) {
            return name;
        }
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        return FIELDS.stream()
                .filter(field -> field.equalsIgnoreCase(plain))
                .findFirst()
                .orElseGet(() -> ALIASES.get(plain));
    }

    private static boolean isField(String field) {
        return FIELDS.contains(field) || field.startsWith(CLIENT + ".") || field.startsWith(COACH + ".");
    }
}
