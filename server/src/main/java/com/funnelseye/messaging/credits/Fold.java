package com.funnelseye.messaging.credits;

/// Whether a coach's balance is what her ledger adds up to.
record Fold(boolean valid, Sum available, Sum reserved, Sum spent) {

    /// @param expected by the ledger
    /// @param actual in the account
    record Sum(long expected, long actual) {

        boolean agrees() {
            return expected == actual;
        }
    }

    static Fold of(Sum available, Sum reserved, Sum spent) {
        return new Fold(available.agrees() && reserved.agrees() && spent.agrees(), available, reserved, spent);
    }
}
