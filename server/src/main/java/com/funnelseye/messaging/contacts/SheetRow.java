package com.funnelseye.messaging.contacts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Turns a row of a sheet into what a request would say. An empty cell says nothing.
final class SheetRow {

    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode said = JsonNodeFactory.instance.objectNode();
    private @Nullable String firstName;
    private @Nullable String lastName;

    private SheetRow() {}

    static ObjectNode read(SheetColumns columns, Sheet.Row row) {
        var reading = new SheetRow();
        for (var i = 0; i < columns.fields().size(); i++) {
            var field = columns.fields().get(i);
            var cell = row.cell(i);
            if (field != null && !cell.isEmpty()) {
                reading.put(field, cell);
            }
        }
        reading.nameInParts();
        return reading.said;
    }

    private void put(String field, String cell) {
        switch (field) {
            case SheetColumns.FIRST_NAME -> firstName = cell;
            case SheetColumns.LAST_NAME -> lastName = cell;
            case "tags" -> tags(cell);
            case SheetColumns.CLIENT, SheetColumns.COACH -> said.set(field, json(cell));
            default -> text(field, cell);
        }
    }

    private void text(String field, String cell) {
        var dot = field.indexOf('.');
        if (dot < 0) {
            said.put(field, cell);
        } else {
            said.withObjectProperty(field.substring(0, dot)).put(field.substring(dot + 1), cell);
        }
    }

    private void tags(String cell) {
        var tags = said.putArray("tags");
        Arrays.stream(cell.split("[,;|]"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .forEach(tags::add);
    }

    /// What is no JSON stays a text, and is then refused where an object must be.
    private static JsonNode json(String cell) {
        try {
            return JSON.readTree(cell);
        } catch (JacksonException noJson) {
            return JsonNodeFactory.instance.stringNode(cell);
        }
    }

    private void nameInParts() {
        if (!said.has("name") && (firstName != null || lastName != null)) {
            said.put("name", ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName)).strip());
        }
    }
}
