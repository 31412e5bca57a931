package com.funnelseye.messaging.accounts;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Finding out who asks needs the database. When that fails no controller is reached, so the failure is handed to the
/// same answers controllers have: away is 503, and never a way in.
final class EarlyFailures extends OncePerRequestFilter {

    private final HandlerExceptionResolver answers;

    EarlyFailures(HandlerExceptionResolver answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException failure) {
            if (response.isCommitted() || answers.resolveException(request, response, null, failure) == null) {
                throw failure;
            }
        }
    }
}
