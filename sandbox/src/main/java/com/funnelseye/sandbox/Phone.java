package com.funnelseye.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// A customer's phone. Guarded by the lock of [Chats], apart from its lane.
final class Phone {

    private final String number;
    private final Deque<ChatMessage> chat = new ArrayDeque<>();

    /// A customer's messages arrive in the order in which they were written.
    private final Lane lane = new Lane();

    private String profileName;
    private int unseen;
    private Instant typingUntil = Instant.EPOCH;

    Phone(String number, String profileName) {
        this.number = number;
        this.profileName = profileName;
    }

    String number() {
        return number;
    }

    String profileName() {
        return profileName;
    }

    void rename(String profileName) {
        this.profileName = profileName;
    }

    Deque<ChatMessage> chat() {
        return chat;
    }

    Lane lane() {
        return lane;
    }

    int unseen() {
        return unseen;
    }

    void arrived() {
        unseen++;
    }

    void seen() {
        unseen = 0;
    }

    Instant typingUntil() {
        return typingUntil;
    }

    void typingUntil(Instant until) {
        typingUntil = until;
    }
}
