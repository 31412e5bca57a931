package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Failure;
import com.funnelseye.messaging.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives a controller who asks: [Caller.Coach], [Caller.Admin], either as [Caller], or here the [Session]. The kind a
/// method names is required of whoever calls it, whatever its path.
@Component
class CallerArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Caller.class.isAssignableFrom(parameter.getParameterType())
                || parameter.getParameterType() == Session.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof Authenticated authenticated)) {
            throw refusal(HttpStatus.UNAUTHORIZED, Failure.UNAUTHORIZED);
        }
        var session = authenticated.getPrincipal();
        if (parameter.getParameterType() == Session.class) {
            return session;
        }
        return session.account()
                .caller()
                .filter(parameter.getParameterType()::isInstance)
                .orElseThrow(() -> refusal(HttpStatus.FORBIDDEN, Failure.FORBIDDEN));
    }

    private static Refusal refusal(HttpStatus status, Failure failure) {
        return new Refusal(status, failure.code(), failure.message(), failure.error());
    }
}
