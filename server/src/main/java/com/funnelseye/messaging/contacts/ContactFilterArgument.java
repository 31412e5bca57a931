package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Reads `search,status,temperature,source,tag,optOut` into a [ContactFilter]; an empty one asks for nothing.
@Component
class ContactFilterArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ContactFilter.class;
    }

    @Override
    public ContactFilter resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new ContactFilter(
                Words.of("search", request.getParameter("search")),
                text(request, "status"),
                text(request, "temperature"),
                text(request, "source"),
                text(request, "tag"),
                yesOrNo(text(request, "optOut")));
    }

    private static @Nullable String text(NativeWebRequest request, String name) {
        var text = request.getParameter(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable Boolean yesOrNo(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.invalid("optOut", "optOut must be true or false");
        };
    }
}
