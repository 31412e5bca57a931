package com.funnelseye.messaging.http;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/// Reads the words of a query as enums, in whatever case: on the wire they are lower case. An unknown one
/// is refused.
@SuppressWarnings("rawtypes")
final class Words implements ConverterFactory<String, Enum> {

    @Override
    public <E extends Enum> Converter<String, E> getConverter(Class<E> type) {
        return word -> constant(type, word.strip());
    }

    private static <E extends Enum> E constant(Class<E> type, String word) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(word.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no word of " + type.getSimpleName());
    }
}
