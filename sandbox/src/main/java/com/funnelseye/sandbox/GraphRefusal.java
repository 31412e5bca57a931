package com.funnelseye.sandbox;

/// A Graph call that gets an error for an answer. Nothing exceptional, so it carries no stack trace.
final class GraphRefusal extends Exception {

    private final transient GraphError error;

    GraphRefusal(GraphError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    GraphError error() {
        return error;
    }
}
