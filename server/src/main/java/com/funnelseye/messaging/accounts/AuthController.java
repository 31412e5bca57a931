package com.funnelseye.messaging.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// One login for coaches and admins.
@RestController
@RequestMapping("/api/auth")
class AuthController {

    record LoginRequest(
            @Shown(required = true) @Nullable String email,
            @Shown(required = true) @Nullable String password) {}

    record RefreshRequest(@Shown(required = true) @Nullable String refreshToken) {}

    record PasswordRequest(
            @Shown(required = true) @Nullable String currentPassword,
            @Shown(required = true) @Nullable String newPassword) {}

    record User(
            @JsonProperty("_id") UUID id,
            String name,
            @Nullable String email,
            Account.Role role,
            Set<String> permissions) {
        static User of(Account account) {
            return new User(account.id(), account.name(), account.email(), account.role(), account.permissions());
        }
    }

    record LoggedIn(String token, String refreshToken, long expiresIn, User user, boolean mustChangePassword) {
        static LoggedIn of(Logins.Login login) {
            return new LoggedIn(
                    login.token(),
                    login.refreshToken().text(),
                    login.expiresIn(),
                    User.of(login.account()),
                    login.account().mustChangePassword());
        }
    }

    private final Logins logins;

    AuthController(Logins logins) {
        this.logins = logins;
    }

    @PostMapping("/login")
    Reply<LoggedIn> login(@RequestBody LoginRequest request, HttpServletRequest http) {
        var email = required("email", "Email is required", request.email());
        var password = required("password", "Password is required", request.password());
        return Reply.of("Login successful", LoggedIn.of(logins.login(email, password, http.getRemoteAddr())));
    }

    @PostMapping("/refresh")
    Reply<LoggedIn> refresh(@RequestBody RefreshRequest request) {
        var token = required("refreshToken", "Refresh token is required", request.refreshToken());
        return Reply.of(LoggedIn.of(logins.refresh(token)));
    }

    @PostMapping("/logout")
    Reply<Void> logout(Session session) {
        logins.logout(session);
        return Reply.done("Logged out");
    }

    @GetMapping("/me")
    Reply<AccountView> me(Session session) {
        return Reply.of(AccountView.of(session.account()));
    }

    @PutMapping("/password")
    Reply<Void> password(Session session, @RequestBody PasswordRequest request, HttpServletRequest http) {
        var current = required("currentPassword", "Current password is required", request.currentPassword());
        var chosen = Passwords.chosen("newPassword", request.newPassword());
        logins.changePassword(session, current, chosen, http.getRemoteAddr());
        return Reply.done("Password changed");
    }

    private static String required(String field, String sentence, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Refusal.invalid(field, sentence);
        }
        return value;
    }
}
