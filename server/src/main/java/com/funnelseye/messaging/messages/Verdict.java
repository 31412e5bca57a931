package com.funnelseye.messaging.messages;

/// What becomes of one addressee when many are written to at once.
public sealed interface Verdict {

    Verdict NO_PHONE = new Skipped("INVALID_PHONE", "Recipient phone number must be international, like +14155552671");
    Verdict TWICE = new Skipped("DUPLICATE", "This person is already among the recipients");
    Verdict OPTED_OUT = new Skipped("OPTED_OUT", "This person takes no bulk messages");
    Verdict NO_CONTACT = new Failed("CONTACT_NOT_FOUND", "Contact not found");
    Verdict OTHER_LEAD = new Failed("LEAD_MISMATCH", "leadId does not match recipient");
    Verdict NO_TEMPLATE = new Failed("TEMPLATE_NOT_FOUND", "Template not found");
    Verdict NO_WINDOW = new Failed(
            "WINDOW_CLOSED", "More than 24 hours have passed since this contact last wrote. Send a template instead.");
    Verdict GOES = new Sendable();

    /// Gets the message.
    record Sendable() implements Verdict {}

    /// Costs nothing in the end, but is counted when credits are asked for.
    record Failed(String code, String error) implements Verdict {}

    /// Is not asked about at all.
    record Skipped(String code, String error) implements Verdict {}
}
