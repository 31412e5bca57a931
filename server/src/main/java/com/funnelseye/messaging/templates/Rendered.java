package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.http.Refusal;
import java.util.List;

/// What became of a template for one contact.
public sealed interface Rendered {

    record Complete(String text) implements Rendered {}

    /// Required variables nobody gave a value for.
    record Incomplete(List<String> missing) implements Rendered {}

    /// Longer than a message may be, or nothing at all.
    record Unfit(String sentence) implements Rendered {}

    /// For a single send, where whatever is wrong is the request's fault.
    default String orRefuse() {
        return switch (this) {
            case Complete(var text) -> text;
            case Incomplete(var missing) -> throw new MissingVariables(missing);
            case Unfit(var sentence) -> throw Refusal.invalid("templateId", sentence);
        };
    }
}
