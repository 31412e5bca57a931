package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.http.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Meta's JSON, read without trust: whatever is missing, of another kind or not storable reads as null.
///
/// Written in ASCII, as Meta itself does: then neither NUL nor half a surrogate pair can hurt what stores the text.
final class GraphJson {

    /// Meta nests about ten deep.
    private static final int MAX_DEPTH = 100;

    /// Real wamids have about 60 characters; an index entry of PostgreSQL holds 2,700 bytes.
    private static final int MAX_ID_LENGTH = 500;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private GraphJson() {}

    /// Empty for anything that is not a JSON object.
    static Optional<JsonNode> read(byte[] json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json)).filter(JsonNode::isObject);
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<JsonNode> read(String json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json)).filter(JsonNode::isObject);
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Ids and times come as text or as number, depending on Meta's page; an empty text says nothing.
    static @Nullable String text(JsonNode node) {
        var text = node.isString() || node.isNumber() ? node.asString() : "";
        return text.isBlank() ? null : Text.cleaned(text);
    }

    static @Nullable String text(JsonNode node, int maxLength) {
        var text = text(node);
        return text == null || text.length() <= maxLength ? text : Text.cleaned(text.substring(0, maxLength - 1)) + "…";
    }

    /// An id that can be stored and indexed; one that cannot is no id of Meta's.
    static @Nullable String id(JsonNode node) {
        var id = text(node);
        return id == null || id.length() > MAX_ID_LENGTH ? null : id;
    }
}
