package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Reads `q` and `limit` into a [ContactSearch]; what is too short or out of range is refused.
@Component
class ContactSearchArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ContactSearch.class;
    }

    @Override
    public ContactSearch resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var limit = limit(request.getParameter("limit"));
        return new ContactSearch(Words.required("q", request.getParameter("q")), new Page(1, limit));
    }

    private static int limit(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return ContactSearch.DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,9}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > ContactSearch.MAX_LIMIT) {
            throw Refusal.invalid(
                    "limit", "limit must be a whole number from 1 to %d".formatted(ContactSearch.MAX_LIMIT));
        }
        return Integer.parseInt(text);
    }
}
