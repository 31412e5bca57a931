package com.funnelseye.messaging.bulk;

/// Failures one after the other, of the two kinds there are. WhatsApp refuses a message at once, or takes it
/// and later reports that it could not be delivered; the first row ends when it takes one, the second when one
/// arrives.
record Streak(int refused, int undelivered) {

    static final Streak NONE = new Streak(0, 0);

    static Streak of(int refused, int undelivered) {
        return new Streak(refused, undelivered);
    }

    /// After what one statement moved: a good one among them ends the row.
    Streak after(int nowAccepted, int nowRefused, int nowArrived, int nowUndelivered) {
        return new Streak(
                nowAccepted > 0 ? 0 : refused + nowRefused, nowArrived > 0 ? 0 : undelivered + nowUndelivered);
    }

    int worst() {
        return Math.max(refused, undelivered);
    }
}
