package com.funnelseye.messaging.inbox;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Total;
import com.funnelseye.messaging.inbox.Inbox.ThreadContact;
import com.funnelseye.messaging.messages.Message;
import com.funnelseye.messaging.messages.Messages;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;

/// Finds what was written, by either side. A trigram index needs three letters in a row, so two of them find only words
/// that begin with them. Of words that occur more often than [Total#CAP] not all messages are found, and put in order.
@Service
class TextSearch {

    /// @param snippet the words that were looked for, and some around them
    record Found(Message message, ThreadContact contact, String snippet) {}

    record FoundPage(List<Found> results, Pagination pagination) {}

    private record Match(
            UUID messageId,
            UUID contactId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone) {}

    private static final int TRIGRAM = 3;
    private static final String ANYWHERE = "folded(text) LIKE folded(:pattern)";
    private static final String AT_A_WORD =
            "(folded(text) LIKE folded(:pattern) OR folded(text) LIKE folded(:atTheBeginning))";

    private final JdbcClient jdbc;
    private final Messages messages;

    TextSearch(JdbcClient jdbc, Messages messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    /// Newest first: ids are in the order in which messages came.
    FoundPage find(Scope scope, @Nullable String typed, Page page) {
        var words = typed == null ? "" : typed.strip();
        if (words.length() < InboxFilter.MIN_SEARCH_CHARS || words.length() > InboxFilter.MAX_SEARCH_CHARS) {
            throw Refusal.invalid(
                    "q",
                    "q must have %d to %d characters"
                            .formatted(InboxFilter.MIN_SEARCH_CHARS, InboxFilter.MAX_SEARCH_CHARS));
        }
        var matches = matches(scope, words, page);
        var read = messages.byIds(matches.stream().map(Match::messageId).toList()).stream()
                .collect(toMap(Message::id, Function.identity()));
        var results = matches.stream()
                .map(match -> found(match, requireNonNull(read.get(match.messageId())), words))
                .toList();
        return new FoundPage(results, page.of(total(scope, words)));
    }

    private static Found found(Match match, Message message, String words) {
        var contact = new ThreadContact(match.contactId(), match.name(), match.email(), match.phone());
        var text = message.content().text();
        return new Found(message, contact, text == null ? "" : Snippet.of(text, words));
    }

    private List<Match> matches(Scope scope, String words, Page page) {
        var sql = matching(words) + """
            , page AS (
                SELECT id, contact_id
                  FROM matching
                 ORDER BY id DESC
                 LIMIT :limit OFFSET :offset
            )
            SELECT page.id AS message_id, contact.id AS contact_id, contact.name, contact.email, contact.phone
              FROM page
              JOIN contact ON contact.id = page.contact_id
             ORDER BY page.id DESC
            """;
        return bound(jdbc.sql(sql), scope, words)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Match.class)
                .list();
    }

    private Total total(Scope scope, String words) {
        var sql = jdbc.sql(matching(words) + " SELECT count(*) FROM matching");
        return Total.upToCap(bound(sql, scope, words).query(Long.class).single());
    }

    private static String matching(String words) {
        return """
            WITH matching AS MATERIALIZED (
                SELECT id, contact_id
                  FROM message
                 WHERE (:coachId::uuid IS NULL OR coach_id = :coachId)
                   AND text IS NOT NULL
                   AND %s
                 LIMIT :cap + 1
            )
            """.formatted(isShort(words) ? AT_A_WORD : ANYWHERE);
    }

    private static StatementSpec bound(StatementSpec sql, Scope scope, String words) {
        var text = InboxFilter.literal(words);
        return sql.param("coachId", scope.coachId())
                .param("pattern", (isShort(words) ? "% " : "%") + text + "%")
                .param("atTheBeginning", text + "%")
                .param("cap", Total.CAP);
    }

    private static boolean isShort(String words) {
        return words.length() < TRIGRAM;
    }
}
