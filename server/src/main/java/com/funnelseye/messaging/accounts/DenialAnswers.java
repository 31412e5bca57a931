package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// 401 and 403 from before the controllers, in the documented bodies.
@Component
class DenialAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final JsonMapper json;

    DenialAnswers(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        write(response, HttpStatus.UNAUTHORIZED, Failure.UNAUTHORIZED);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        var changeFirst = request.getUserPrincipal() instanceof Authenticated caller
                && caller.getPrincipal().account().mustChangePassword();
        write(response, HttpStatus.FORBIDDEN, changeFirst ? new PasswordChangeRequired().body() : Failure.FORBIDDEN);
    }

    private void write(HttpServletResponse response, HttpStatus status, Failure failure) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(failure));
    }
}
