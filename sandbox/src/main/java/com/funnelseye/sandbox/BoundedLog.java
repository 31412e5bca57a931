package com.funnelseye.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// Append-only and numbered from 1; beyond its capacity the oldest entries are forgotten.
final class BoundedLog<T> {

    private final Object[] slots;
    private long last;

    BoundedLog(int capacity) {
        this.slots = new Object[capacity];
    }

    /// @param entry makes the entry, given its number
    synchronized T append(LongFunction<T> entry) {
        var number = last + 1;
        var made = entry.apply(number);
        slots[slot(number)] = made;
        last = number;
        return made;
    }

    synchronized long last() {
        return last;
    }

    List<T> all() {
        return after(0, slots.length);
    }

    /// The oldest kept entries with a higher number than the given one.
    @SuppressWarnings("unchecked")
    synchronized List<T> after(long number, int limit) {
        var first = Math.max(Math.max(number, 0) + 1, last - slots.length + 1);
        var found = new ArrayList<T>();
        for (var at = first; at <= last && found.size() < limit; at++) {
            found.add((T) slots[slot(at)]);
        }
        return found;
    }

    private int slot(long number) {
        return (int) (number % slots.length);
    }
}
