package com.funnelseye.sandbox;

import static com.funnelseye.sandbox.Status.DELIVERED;
import static com.funnelseye.sandbox.Status.READ;
import static com.funnelseye.sandbox.Status.SENT;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Recipients that always fail in their own way. All lie in the range reserved for fiction, +1 650 555 01NN.
public enum MagicNumber {
    UNREACHABLE("16505550101", "Accepted, then failed by webhook: undeliverable (131026)", Fault.failsLater(131026)),
    THROTTLED(
            "16505550102", "Refused twice: rate limit (130429); the third send is accepted", Fault.refused(130429), 3),
    TIMEOUT("16505550103", "Accepted, webhooks come, the HTTP answer never does", new Fault.Silence(true)),
    RESET_ACCEPTED("16505550104", "Accepted, webhooks come, the connection is reset", new Fault.Reset(true)),
    RESET_REFUSED("16505550105", "The connection is reset before anything was accepted", new Fault.Reset(false)),
    BROKEN("16505550106", "HTTP 500 with an HTML page, not accepted", new Fault.Html(500, false)),
    BROKEN_ACCEPTED("16505550107", "HTTP 500 with an HTML page, yet accepted", new Fault.Html(500, true)),
    PAIR_LIMITED(
            "16505550108",
            "Refused twice: pair rate limit (131056); the third send is accepted",
            Fault.refused(131056),
            3),
    NO_STATUS("16505550109", "Accepted, and no status ever comes", Fault.statuses()),
    NO_RECEIPTS("16505550110", "Delivered, but read receipts are off", Fault.statuses(SENT, DELIVERED)),
    WINDOW_CLOSED("16505550111", "Accepted, then failed by webhook: window closed (131047)", Fault.failsLater(131047)),
    UNAVAILABLE(
            "16505550112",
            "Refused twice: service unavailable (131016); the third send is accepted",
            Fault.refused(131016),
            3),
    UNPAID("16505550113", "Accepted, then failed by webhook: payment problem (131042)", Fault.failsLater(131042)),
    READ_AT_ONCE("16505550114", "Sent, then read: delivered is skipped", Fault.statuses(SENT, READ)),
    BACKWARDS("16505550115", "Statuses in reverse: read, delivered, sent", Fault.statuses(READ, DELIVERED, SENT)),
    REPEATED("16505550116", "Every status twice", Fault.statuses(SENT, SENT, DELIVERED, DELIVERED, READ, READ)),
    UNKNOWN_ERROR("16505550117", "Refused: something went wrong (131000)", Fault.refused(131000)),
    SLOW("16505550118", "Answers after 5 s; the statuses come first", new Fault.Slow(Duration.ofSeconds(5))),
    TRUNCATED("16505550119", "Accepted, but the JSON answer is cut in half", new Fault.Truncated());

    private static final Map<String, MagicNumber> BY_DIGITS =
            Arrays.stream(values()).collect(toUnmodifiableMap(MagicNumber::digits, identity()));

    private final String digits;
    private final String effect;
    // Every fault is a record of immutable values; Error Prone cannot know that of an interface.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Fault fault;

    private final int cycle;

    MagicNumber(String digits, String effect, Fault fault) {
        this(digits, effect, fault, 0);
    }

    /// @param cycle every so many sends one behaves normally; 0 is never
    MagicNumber(String digits, String effect, Fault fault, int cycle) {
        this.digits = digits;
        this.effect = effect;
        this.fault = fault;
        this.cycle = cycle;
    }

    /// E.164, with the plus.
    public String number() {
        return "+" + digits;
    }

    /// One line for people.
    public String effect() {
        return effect;
    }

    String digits() {
        return digits;
    }

    static Optional<MagicNumber> of(String digits) {
        return Optional.ofNullable(BY_DIGITS.get(digits));
    }

    /// @param send counts the sends to this number from 1
    Optional<Fault> faultOf(long send) {
        return cycle > 0 && send % cycle == 0 ? Optional.empty() : Optional.of(fault);
    }
}
