package com.funnelseye.messaging.contacts;

/// Who somebody is on WhatsApp, whatever the spelling of the number: equal keys are one person.
///
/// @param key canonical digits, or the business-scoped user id of people who hide their number
public record Person(String key) {

    /// Brazil's ninth digit (mobiles only), Mexico's old `1` and Argentina's mobile `9` come and go between what people
    /// dial and what WhatsApp writes.
    static Person ofDigits(String digits) {
        if (digits.matches("55\\d{2}[6-9]\\d{7}")) {
            return new Person(digits.substring(0, 4) + "9" + digits.substring(4));
        }
        if (digits.matches("521\\d{10}")) {
            return new Person("52" + digits.substring(3));
        }
        if (digits.matches("549\\d{10}")) {
            return new Person("54" + digits.substring(3));
        }
        return new Person(digits);
    }

    static Person ofUserId(String userId) {
        return new Person(userId);
    }
}
