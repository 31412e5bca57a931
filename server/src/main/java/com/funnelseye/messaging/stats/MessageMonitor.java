package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Total;
import com.funnelseye.messaging.messages.Direction;
import com.funnelseye.messaging.messages.Message;
import com.funnelseye.messaging.messages.MessageSearch;
import com.funnelseye.messaging.messages.MessageSearch.Filter;
import com.funnelseye.messaging.messages.MessageStatus;
import com.funnelseye.messaging.messages.MessageType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Messages of many threads in one list, newest first.
@Service
class MessageMonitor {

    private static final int MIN_SEARCH_CHARS = 2;

    /// A search looks into the threads of so many contacts, the newest that match.
    private static final int MAX_CONTACTS = 500;

    record MessagePage(List<Message> messages, Pagination pagination) {}

    /// @param search in name, phone or e-mail address of the contact; shorter than 2 characters it is ignored
    record Wanted(
            Scope scope,
            Period period,
            @Nullable Direction direction,
            @Nullable MessageStatus status,
            @Nullable MessageType type,
            @Nullable String search) {

        static Wanted allOf(Scope scope, Period period) {
            return new Wanted(scope, period, null, null, null, null);
        }
    }

    private final MessageSearch messages;
    private final Contacts contacts;
    private final Counters counters;

    MessageMonitor(MessageSearch messages, Contacts contacts, Counters counters) {
        this.messages = messages;
        this.contacts = contacts;
        this.counters = counters;
    }

    MessagePage page(Wanted wanted, Page page) {
        var filter = filter(wanted);
        return new MessagePage(messages.page(filter, page), page.of(total(filter)));
    }

    private Filter filter(Wanted wanted) {
        return new Filter(
                wanted.scope(),
                wanted.period(),
                wanted.direction(),
                wanted.status(),
                wanted.type(),
                contactIds(wanted));
    }

    private @Nullable List<UUID> contactIds(Wanted wanted) {
        var search = wanted.search();
        return search == null || search.strip().length() < MIN_SEARCH_CHARS
                ? null
                : contacts.matching(wanted.scope(), search, MAX_CONTACTS);
    }

    /// Without a filter the total is kept.
    private Total total(Filter filter) {
        return filter.isEmpty()
                ? Total.exactly(counters.tally(filter.scope(), filter.period()).messages())
                : messages.total(filter);
    }
}
