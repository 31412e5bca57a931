package com.funnelseye.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every customer's phone and what is on it. The oldest messages are forgotten first, and a phone with its last
/// message.
final class Chats {

    static final int MOST_MESSAGES = 200_000;
    static final int MOST_PER_PHONE = 1_000;
    static final int MOST_PHONES = 200_000;

    /// WhatsApp takes the typing indicator away after this long, or with the next message.
    private static final Duration TYPING = Duration.ofSeconds(25);

    record PhoneView(
            String number,
            String profileName,
            @Nullable String lastText,
            @Nullable Instant lastAt,
            int unseen) {}

    record MessageView(
            String wamid,
            boolean fromBusiness,
            String type,
            String text,
            @Nullable String link,
            @Nullable String filename,
            Instant at,
            @Nullable String quoting,
            @Nullable Status status,
            @Nullable String failure,
            boolean readByBusiness) {}

    record ChatView(String number, String profileName, boolean typing, List<MessageView> messages) {}

    private final Clock clock;
    private final Changes changes;
    private final LinkedHashMap<String, Phone> phones = new LinkedHashMap<>();
    private final LinkedHashMap<String, ChatMessage> messages = new LinkedHashMap<>();

    Chats(Clock clock, Changes changes) {
        this.clock = clock;
        this.changes = changes;
    }

    synchronized ChatMessage arrived(Acceptance acceptance) {
        var phone = phone(acceptance.to(), null);
        phone.arrived();
        phone.typingUntil(Instant.EPOCH);
        return add(phone, new ChatMessage(phone, acceptance));
    }

    synchronized ChatMessage written(CustomerText text, String wamid, Instant at) {
        var phone = phone(text.from(), text.profileName());
        return add(phone, new ChatMessage(phone, wamid, text, at));
    }

    synchronized void open(String number, @Nullable String profileName) {
        if (!phones.containsKey(number) && phones.size() >= MOST_PHONES) {
            throw new IllegalStateException("There are " + MOST_PHONES + " phones already");
        }
        phone(number, profileName);
        changes.bump();
    }

    synchronized Optional<ChatMessage> find(String wamid) {
        return Optional.ofNullable(messages.get(wamid));
    }

    /// What this phone got from the business, oldest first.
    synchronized List<ChatMessage> receivedBy(String number) {
        var phone = phones.get(number);
        return phone == null
                ? List.of()
                : phone.chat().stream()
                        .filter(message -> message.acceptance() != null)
                        .toList();
    }

    /// Marking one message read marks all earlier ones in the chat.
    synchronized void readByBusiness(ChatMessage last, boolean typing) {
        var reached = false;
        for (var messages = last.phone().chat().descendingIterator(); messages.hasNext(); ) {
            var message = messages.next();
            reached |= message == last;
            if (reached && message.acceptance() == null && !message.markReadByBusiness()) {
                break;
            }
        }
        if (typing) {
            last.phone().typingUntil(clock.instant().plus(TYPING));
        }
        changes.bump();
    }

    /// The phones with the latest activity first.
    synchronized List<PhoneView> phones(int limit) {
        return phones.sequencedValues().reversed().stream()
                .limit(limit)
                .map(Chats::view)
                .toList();
    }

    synchronized int phoneCount() {
        return phones.size();
    }

    /// Looking at a chat on the page is what makes its unread dot go away; no status comes from it.
    synchronized Optional<ChatView> look(String number) {
        return Optional.ofNullable(phones.get(number)).map(phone -> {
            phone.seen();
            return new ChatView(
                    phone.number(),
                    phone.profileName(),
                    phone.typingUntil().isAfter(clock.instant()),
                    phone.chat().stream().map(Chats::view).toList());
        });
    }

    synchronized String profileName(Phone phone) {
        return phone.profileName();
    }

    private Phone phone(String number, @Nullable String profileName) {
        var phone = phones.remove(number);
        if (phone == null) {
            phone = new Phone(number, profileName == null ? nameOf(number) : profileName);
        } else if (profileName != null) {
            phone.rename(profileName);
        }
        phones.putLast(number, phone);
        return phone;
    }

    private ChatMessage add(Phone phone, ChatMessage message) {
        messages.put(message.wamid(), message);
        phone.chat().addLast(message);
        if (phone.chat().size() > MOST_PER_PHONE) {
            messages.remove(phone.chat().removeFirst().wamid());
        }
        if (messages.size() > MOST_MESSAGES) {
            forget(messages.pollFirstEntry().getValue());
        }
        changes.bump();
        return message;
    }

    /// The oldest message of all is also the oldest of its phone.
    private void forget(ChatMessage oldest) {
        var phone = oldest.phone();
        phone.chat().removeFirst();
        if (phone.chat().isEmpty()) {
            phones.remove(phone.number());
        }
    }

    private static String nameOf(String number) {
        return MagicNumber.of(number)
                .map(magic -> "Magic: " + magic.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("Customer " + number.substring(Math.max(0, number.length() - 4)));
    }

    private static PhoneView view(Phone phone) {
        var last = Optional.ofNullable(phone.chat().peekLast());
        return new PhoneView(
                phone.number(),
                phone.profileName(),
                last.map(ChatMessage::headline).orElse(null),
                last.map(ChatMessage::at).orElse(null),
                phone.unseen());
    }

    private static MessageView view(ChatMessage message) {
        return new MessageView(
                message.wamid(),
                message.acceptance() != null,
                message.type(),
                message.text(),
                message.link(),
                message.filename(),
                message.at(),
                message.quoting(),
                message.reached(),
                message.failureText(),
                message.readByBusiness());
    }
}
