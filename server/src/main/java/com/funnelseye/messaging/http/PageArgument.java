package com.funnelseye.messaging.http;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Reads `page` and `limit` into a [Page]; anything but a number in range is refused, never corrected.
@Component
class PageArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Page.class;
    }

    @Override
    public Page resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new Page(
                number(request, "page", 1, Page.MAX_NUMBER), number(request, "limit", Page.DEFAULT_LIMIT, Page.MAX_LIMIT));
    }

    private static int number(NativeWebRequest request, String name, int otherwise, int max) {
        var text = request.getParameter(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        if (text.matches("\\d{1,9}")) {
            var value = Integer.parseInt(text);
            if (value >= 1 && value <= max) {
                return value;
            }
        }
        throw Refusal.invalid(name, "%s must be a whole number from 1 to %d".formatted(name, max));
    }
}
