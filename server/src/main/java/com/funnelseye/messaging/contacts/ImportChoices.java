package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.contacts.ContactImport.Choices;
import com.funnelseye.messaging.http.Refusal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads `dryRun`, `onDuplicate` and `mapping`, a JSON object column → field, of an import.
@Component
class ImportChoices implements HandlerMethodArgumentResolver {

    private final JsonMapper json;

    ImportChoices(JsonMapper json) {
        this.json = json;
    }

    static byte[] bytesOf(@Nullable MultipartFile file) throws IOException {
        if (file == null) {
            throw Refusal.invalid("file", "file is required");
        }
        return file.getBytes();
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Choices.class;
    }

    @Override
    public Choices resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new Choices(
                choice(request, "dryRun", "false", "true"),
                choice(request, "onDuplicate", "skip", "update"),
                mapping(request.getParameter("mapping")));
    }

    private static boolean choice(NativeWebRequest request, String name, String no, String yes) {
        var text = request.getParameter(name);
        if (text != null && !text.isEmpty() && !text.equals(no) && !text.equals(yes)) {
            throw Refusal.invalid(name, "%s must be %s or %s".formatted(name, no, yes));
        }
        return yes.equals(text);
    }

    private Map<String, @Nullable String> mapping(@Nullable String text) {
        var mapping = new LinkedHashMap<String, @Nullable String>();
        if (text == null || text.isBlank()) {
            return mapping;
        }
        try {
            for (var said : json.readTree(text).properties()) {
                mapping.put(
                        said.getKey(),
                        said.getValue().isNull() ? null : said.getValue().stringValue());
            }
            return mapping;
        } catch (JacksonException noJson) {
            throw Refusal.invalid("mapping", "mapping must be a JSON object: column to field");
        }
    }
}
