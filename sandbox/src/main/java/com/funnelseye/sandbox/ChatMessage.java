package com.funnelseye.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message in a customer's phone. Outbound ones carry the acceptance they came from and the status they reached.
final class ChatMessage {

    private final String wamid;
    private final Phone phone;
    private final String text;
    private final Instant at;
    private final @Nullable String quoting;
    private final @Nullable Acceptance acceptance;

    /// Statuses of one message go out one after the other; those of different messages do not wait for each other.
    private final Lane lane = new Lane();

    private @Nullable Status reached;
    private @Nullable GraphError failure;
    private @Nullable Status pricedArrival;
    private boolean readByBusiness;
    private boolean scriptStopped;

    ChatMessage(Phone phone, Acceptance acceptance) {
        this.wamid = acceptance.wamid();
        this.phone = phone;
        this.text = acceptance.text();
        this.at = acceptance.at();
        this.quoting = acceptance.quoting();
        this.acceptance = acceptance;
    }

    ChatMessage(Phone phone, String wamid, CustomerText text, Instant at) {
        this.wamid = wamid;
        this.phone = phone;
        this.text = text.text();
        this.at = at;
        this.quoting = text.quoting();
        this.acceptance = null;
    }

    String wamid() {
        return wamid;
    }

    Phone phone() {
        return phone;
    }

    String text() {
        return text;
    }

    /// What customers write here is text.
    String type() {
        return acceptance == null ? "text" : acceptance.type();
    }

    @Nullable
    String link() {
        return acceptance == null ? null : acceptance.link();
    }

    @Nullable
    String filename() {
        return acceptance == null ? null : acceptance.filename();
    }

    /// One line of it: the words, else what kind of thing it is.
    String headline() {
        return text.isEmpty() ? type() : text;
    }

    Instant at() {
        return at;
    }

    @Nullable
    String quoting() {
        return quoting;
    }

    @Nullable
    Acceptance acceptance() {
        return acceptance;
    }

    Lane lane() {
        return lane;
    }

    /// Reports may come in any order; the shown status only moves forward.
    synchronized void reach(Status status, @Nullable GraphError failure) {
        if (reached == null || status.compareTo(reached) > 0) {
            reached = status;
        }
        if (failure != null) {
            this.failure = failure;
        }
    }

    /// Pricing is written on `sent` and on one of delivered and read: whichever comes first.
    synchronized boolean prices(Status status) {
        return switch (status) {
            case SENT -> true;
            case FAILED -> false;
            case DELIVERED, READ -> {
                if (pricedArrival == null) {
                    pricedArrival = status;
                }
                yield pricedArrival == status;
            }
        };
    }

    synchronized @Nullable Status reached() {
        return reached;
    }

    /// Words for the page: why it failed.
    synchronized @Nullable String failureText() {
        return failure == null ? null : failure.title() + " (" + failure.code() + ")";
    }

    synchronized boolean markReadByBusiness() {
        var first = !readByBusiness;
        readByBusiness = true;
        return first;
    }

    synchronized boolean readByBusiness() {
        return readByBusiness;
    }

    /// The customer reads now, so what the script would still report is void.
    synchronized void stopScript() {
        scriptStopped = true;
    }

    synchronized boolean scriptStopped() {
        return scriptStopped;
    }
}
