package com.funnelseye.messaging.accounts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/coaches")
class AdminCoachController {

    record CoachRequest(
            @Shown(required = true) @Nullable String name,
            @Shown(required = true) @Nullable String email,
            @Nullable String password,
            @Nullable String timeZone,
            @Nullable String whatsapp,
            @Nullable String instagram,
            @Nullable String profession) {

        Profile profile() {
            return Fields.profile(new Profile(timeZone, whatsapp, instagram, profession));
        }

        @Nullable
        String chosenPassword() {
            return password == null || password.isEmpty() ? null : Passwords.chosen("password", password);
        }
    }

    record EditRequest(
            @Nullable String name,
            @Nullable String email,
            @Nullable String timeZone,
            @Nullable String whatsapp,
            @Nullable String instagram,
            @Nullable String profession,
            Account.@Nullable Status status) {

        CoachEdit edit() {
            return new CoachEdit(
                    name == null ? null : Fields.name(name),
                    email == null ? null : Fields.email(email),
                    Fields.profile(new Profile(timeZone, whatsapp, instagram, profession)),
                    status);
        }
    }

    record AddedCoach(
            @JsonUnwrapped AccountView coach, @Nullable String oneTimePassword) {}

    record NewPassword(String oneTimePassword) {}

    record StandingRequest(@Nullable String reason) {

        static @Nullable String reasonOf(@Nullable StandingRequest request) {
            return request == null || request.reason() == null ? null : Fields.reason(request.reason());
        }
    }

    private final Coaches coaches;

    AdminCoachController(Coaches coaches) {
        this.coaches = coaches;
    }

    @PostMapping
    Reply<AddedCoach> add(Caller.Admin admin, @RequestBody CoachRequest request) {
        var added = coaches.add(
                admin.id(),
                Fields.name(request.name()),
                Fields.email(request.email()),
                request.chosenPassword(),
                request.profile());
        return Reply.of("Coach created", new AddedCoach(AccountView.of(added.coach()), added.oneTimePassword()));
    }

    @PutMapping("/{id}")
    Reply<AccountView> edit(Caller.Admin admin, @PathVariable UUID id, @RequestBody EditRequest request) {
        return Reply.of("Coach updated", AccountView.of(coaches.edit(admin.id(), id, request.edit())));
    }

    @PostMapping("/{id}/suspend")
    Reply<AccountView> suspend(
            Caller.Admin admin,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable StandingRequest request) {
        var reason = StandingRequest.reasonOf(request);
        return Reply.of(
                "Coach suspended", AccountView.of(coaches.stand(admin.id(), id, Account.Status.SUSPENDED, reason)));
    }

    @PostMapping("/{id}/activate")
    Reply<AccountView> activate(
            Caller.Admin admin,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable StandingRequest request) {
        var reason = StandingRequest.reasonOf(request);
        return Reply.of(
                "Coach activated", AccountView.of(coaches.stand(admin.id(), id, Account.Status.ACTIVE, reason)));
    }

    @PostMapping("/{id}/password")
    Reply<NewPassword> resetPassword(Caller.Admin admin, @PathVariable UUID id) {
        return Reply.of("Password reset", new NewPassword(coaches.resetPassword(admin.id(), id)));
    }
}
