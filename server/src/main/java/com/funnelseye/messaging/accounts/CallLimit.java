package com.funnelseye.messaging.accounts;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Counts the calls of whoever is logged in. Webhooks, files and health are nobody's and not limited; logins have a
/// limit of their own.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class CallLimit implements WebMvcConfigurer, HandlerInterceptor {

    private final Limits limits;

    CallLimit(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**").excludePathPatterns("/api/webhooks/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && SecurityContextHolder.getContext().getAuthentication() instanceof Authenticated caller) {
            limits.call(caller.getPrincipal().account().id());
        }
        return true;
    }
}
