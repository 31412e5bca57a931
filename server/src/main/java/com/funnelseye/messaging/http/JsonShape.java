package com.funnelseye.messaging.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.module.SimpleModule;

/// How JSON looks here: times with milliseconds and `Z`, enums in lower case, ids of any shape accepted as names,
/// and no coercion: a number is not a text, a fraction not a whole number.
@Configuration(proxyBeanMethods = false)
class JsonShape {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Bean
    JsonMapperBuilderCustomizer messagingJson() {
        return builder -> builder.addModule(module())
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static SimpleModule module() {
        return new SimpleModule("messaging")
                .addSerializer(Instant.class, new Millis())
                .addDeserializer(UUID.class, new Names())
                .addDeserializer(String.class, new CleanText());
    }

    private static final class Millis extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
            json.writeString(MILLIS.format(value));
        }
    }

    private static final class Names extends ValueDeserializer<UUID> {
        @Override
        public UUID deserialize(JsonParser json, DeserializationContext context) {
            return json.currentToken() == JsonToken.VALUE_STRING
                    ? Ids.parse(json.getString())
                    : (UUID) context.handleUnexpectedToken(UUID.class, json);
        }
    }

    /// PostgreSQL stores neither NUL nor half a surrogate pair; refusing both here names the field.
    private static final class CleanText extends ValueDeserializer<String> {
        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (String) context.handleUnexpectedToken(String.class, json);
            }
            var text = json.getString();
            if (!Text.isClean(text)) {
                context.reportInputMismatch(String.class, "contains a character that is not allowed");
            }
            return text;
        }
    }
}
