package com.funnelseye.messaging.contract;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes request bodies that are nearly right, and breaks them.
final class Nonsense {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int HUGE_TEXT = 64 * 1024;
    private static final int MANY = 10_000;

    /// JSON text that carries what no JSON writer would write.
    private static final List<String> NOT_JSON = List.of(
            "",
            " ",
            "{",
            "}",
            "{\"a\":",
            "nul",
            "{'a':1}",
            "{\"a\":1}}",
            "{\"a\":1,}",
            "[1,",
            "NaN",
            "// x\n{}",
            "\uFEFF{}",
            "{\"message\":\"\u0001\"}",
            "\"text\"",
            "7",
            "[]",
            "null",
            "true",
            "{\"to\":{},\"to\":[]}",
            "<a/>");

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "Hi",
            "text",
            "'",
            "\"",
            "\\",
            "%",
            "_",
            "%00",
            "../..",
            "{{lead.name}}",
            "$1",
            "null",
            "0",
            "-1",
            "2024-01-15",
            "2024-02-30T25:61:61Z",
            "+1234567890",
            "+",
            "john@example.com",
            "<script>",
            "\u202E",
            "\uFFFF");

    private final RandomGenerator random;
    private final Description description;
    private final Map<String, String> known;

    /// @param known good values by field name, such as ids
    Nonsense(RandomGenerator random, Description description, Map<String, String> known) {
        this.random = random;
        this.description = description;
        this.known = known;
    }

    /// Bytes of a body for this schema: good, bent or broken.
    byte[] body(JsonNode schema) {
        var body = valid("", schema, 0);
        return switch (random.nextInt(12)) {
            case 0 -> bytes(body.toString());
            case 1 -> bytes(pick(NOT_JSON));
            case 2 -> bytes(truncated(body.toString()));
            case 3 -> bytes("{\"a\":".repeat(1000) + "1" + "}".repeat(1000));
            case 4 -> bytes("{\"message\":\"\\ud800\",\"name\":\"\\udc00x\",\"email\":\"\\u0000\"}");
            case 5 -> notUtf8(body.toString());
            default -> bytes(bent(body).toString());
        };
    }

    /// Bytes of a file of contacts: good, bent or broken.
    byte[] sheet() {
        var text = new StringBuilder(pick(List.of("name,phone,email,tags\n", "Phone;Name;clientQuestions\n", "phone\n", "")));
        for (var row = random.nextInt(4); row > 0; row--) {
            for (var cell = random.nextInt(5); cell > 0; cell--) {
                text.append(random.nextInt(3) == 0 ? known.get("phone") : word()).append(pick(List.of(",", ";", "\t", "\"")));
            }
            text.append(pick(List.of("\n", "\r\n", "\r")));
        }
        return random.nextInt(10) == 0 ? notUtf8(text.toString()) : bytes(text.toString());
    }

    JsonNode valid(String name, JsonNode declared, int depth) {
        var schema = description.resolve(declared);
        var either = schema.path("anyOf");
        if (!either.isEmpty()) {
            return valid(name, either.get(random.nextInt(either.size())), depth);
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        if (schema.isEmpty()) {
            return strange();
        }
        var type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asString("") : type.asString("")) {
            case "object" -> object(schema, depth);
            case "array" -> array(name, schema, depth);
            case "integer", "number" -> NODES.numberNode(random.nextInt(1, 5));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.stringNode(known.getOrDefault(name, pick(WORDS)));
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = NODES.objectNode();
        if (depth < 6) {
            schema.path("properties").forEachEntry((name, part) -> {
                if (random.nextInt(5) > 0) {
                    object.set(name, valid(name, part, depth + 1));
                }
            });
        }
        if (schema.path("additionalProperties").isObject()) {
            object.set(pick(WORDS), valid("", schema.path("additionalProperties"), depth + 1));
        }
        return object;
    }

    private JsonNode array(String name, JsonNode schema, int depth) {
        var array = NODES.arrayNode();
        for (var i = random.nextInt(3); i > 0; i--) {
            array.add(valid(name, schema.path("items"), depth + 1));
        }
        return array;
    }

    /// One value somewhere in it is replaced or gone.
    private JsonNode bent(JsonNode node) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            var name = pick(List.copyOf(object.propertyNames()));
            if (random.nextInt(8) == 0) {
                object.remove(name);
            } else {
                object.set(name, bent(object.path(name)));
            }
            return object;
        }
        if (node instanceof ArrayNode array && !array.isEmpty() && random.nextBoolean()) {
            var at = random.nextInt(array.size());
            array.set(at, bent(array.get(at)));
            return array;
        }
        return strange();
    }

    private JsonNode strange() {
        return switch (random.nextInt(16)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(-1);
            case 2 -> NODES.numberNode(Long.MAX_VALUE);
            case 3 -> NODES.numberNode(new BigDecimal("1e4000"));
            case 4 -> NODES.numberNode(0.5);
            case 5 -> NODES.booleanNode(random.nextBoolean());
            case 6 -> NODES.objectNode().put(pick(WORDS), pick(WORDS));
            case 7 -> NODES.arrayNode().add(pick(WORDS)).add(1).addNull();
            case 8 -> many();
            case 9 -> NODES.stringNode("x".repeat(HUGE_TEXT));
            case 10, 11 -> NODES.stringNode(anyText());
            case 12 -> NODES.stringNode("a\u0000b");
            case 13 -> NODES.stringNode("x".repeat(random.nextInt(1, 6000)));
            default -> NODES.stringNode(pick(WORDS));
        };
    }

    private static JsonNode many() {
        var array = NODES.arrayNode();
        for (var i = 0; i < MANY; i++) {
            array.add(i % 2 == 0 ? "x" + i : "+1212555" + i);
        }
        return array;
    }

    /// Characters of every plane, none of them half a pair.
    String anyText() {
        var text = new StringBuilder();
        for (var i = random.nextInt(1, 20); i > 0; i--) {
            var point = random.nextInt(1, Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(Character.getType(point) == Character.SURROGATE ? '\uFFFD' : point);
        }
        return text.toString();
    }

    String word() {
        return switch (random.nextInt(8)) {
            case 0 -> anyText();
            case 1 -> "x".repeat(random.nextInt(1, 3000));
            case 2 -> "a\u0000b";
            case 3 -> Integer.toString(random.nextInt());
            case 4 -> Long.toString(random.nextLong());
            case 5 -> String.format(Locale.ROOT, "%.1f", random.nextDouble());
            default -> pick(WORDS);
        };
    }

    private String truncated(String json) {
        return json.substring(0, random.nextInt(json.length()));
    }

    private byte[] notUtf8(String json) {
        var bytes = bytes(json + "  ");
        bytes[random.nextInt(bytes.length)] = (byte) (0x80 + random.nextInt(0x80));
        return bytes;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
