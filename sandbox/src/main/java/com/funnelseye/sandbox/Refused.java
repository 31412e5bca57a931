package com.funnelseye.sandbox;

/// A Graph call that gets an error for an answer. Nothing exceptional, so it carries no stack trace.
final class Refused extends Exception {

    private final transient GraphError error;

    Refused(GraphError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    GraphError error() {
        return error;
    }
}
