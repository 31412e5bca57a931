package com.funnelseye.messaging.contract;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Watches which query parameters are asked for behind the filters: by whom else than handlers and their resolvers?
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class QueriesRead extends OncePerRequestFilter {

    private final Map<String, Set<String>> names = new ConcurrentHashMap<>();

    /// By verb and path, as the description names them.
    Set<String> at(String method, String template) {
        return names.getOrDefault(method + " " + template, Set.of());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var watched = new Watched(request);
        chain.doFilter(watched, response);
        var path = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (path != null) {
            names.computeIfAbsent(request.getMethod() + " " + path, _ -> ConcurrentHashMap.newKeySet())
                    .addAll(watched.asked);
        }
    }

    private static final class Watched extends HttpServletRequestWrapper {

        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        Watched(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getParameter(String name) {
            asked.add(name.replace("[]", ""));
            return super.getParameter(name);
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            asked.add(name.replace("[]", ""));
            return super.getParameterValues(name);
        }
    }
}
