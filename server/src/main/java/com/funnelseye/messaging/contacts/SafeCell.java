package com.funnelseye.messaging.contacts;

import org.jspecify.annotations.Nullable;

/// Spreadsheets run a cell that begins like a formula. An apostrophe before it keeps it text, phone numbers included.
public final class SafeCell {

    /// The wide forms are formulas to East Asian spreadsheets.
    private static final String BEGINNINGS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private SafeCell() {}

    public static String of(@Nullable Object value) {
        var text = value == null ? "" : value.toString();
        return !text.isEmpty() && looksLikeFormula(text.charAt(0)) ? "'" + text : text;
    }

    static boolean looksLikeFormula(char first) {
        return BEGINNINGS.indexOf(first) >= 0;
    }
}
