package com.funnelseye.messaging.templates;

/// A value every template may use.
///
/// @param field where it comes from
record Parameter(String name, String description, String example, String field, String type) {

    Parameter(String name, String description, String example, String field) {
        this(name, description, example, field, "string");
    }
}
