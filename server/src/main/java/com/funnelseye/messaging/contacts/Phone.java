package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Refusal;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A phone number in E.164: `+`, then 7 to 15 digits, the first not 0. Shape decides what is accepted; numbers that
/// libphonenumber knows to be valid are stored the way it writes them.
public record Phone(String e164) {

    private static final Pattern SHAPE = Pattern.compile("\\+[1-9]\\d{6,14}");
    /// Address books add invisible direction marks and typographic dashes and spaces.
    private static final Pattern PUNCTUATION = Pattern.compile(
            "[\\s().\\-/\\u00A0\\u202F\\u200B-\\u200F\\u202A-\\u202E\\u2060\\uFEFF\\u2010-\\u2015\\u2212]");
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    /// Reads what people type: spaces and punctuation, `00` for `+`, `(0)` inside an international number.
    /// A national number needs `region`, an ISO country code; without one it is refused.
    public static Optional<Phone> read(@Nullable String typed, @Nullable String region) {
        if (typed == null) {
            return Optional.empty();
        }
        var international = typed.strip().replaceFirst("^00", "+");
        var digits = PUNCTUATION
                .matcher(international.startsWith("+") ? international.replace("(0)", "") : international)
                .replaceAll("");
        if (SHAPE.matcher(digits).matches()) {
            return Optional.of(new Phone(asTheLibraryWrites(digits)));
        }
        return region != null && digits.matches("\\d{4,15}") ? national(digits, region) : Optional.empty();
    }

    /// From a request: refused in the documented words.
    public static Phone parse(@Nullable String typed, String field, @Nullable String region) {
        require(typed, field);
        return read(typed, region)
                .orElseThrow(() ->
                        Refusal.invalid(field, "Recipient phone number must be international, like +14155552671"));
    }

    /// Something was typed at all.
    public static void require(@Nullable String typed, String field) {
        if (typed == null || typed.isBlank()) {
            throw Refusal.invalid(field, "Recipient phone number is required");
        }
    }

    /// From WhatsApp, which writes digits without `+`.
    public static Optional<Phone> ofWaId(@Nullable String waId) {
        return waId == null ? Optional.empty() : read("+" + waId, null);
    }

    public Person person() {
        return Person.ofDigits(e164.substring(1));
    }

    private static String asTheLibraryWrites(String e164) {
        try {
            var number = LIBRARY.parse(e164, null);
            return LIBRARY.isValidNumber(number) ? LIBRARY.format(number, PhoneNumberFormat.E164) : e164;
        } catch (NumberParseException unknownToTheLibrary) {
            return e164;
        }
    }

    private static Optional<Phone> national(String digits, String region) {
        try {
            var number = LIBRARY.parse(digits, region);
            return LIBRARY.isValidNumber(number)
                    ? Optional.of(new Phone(LIBRARY.format(number, PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }
}
