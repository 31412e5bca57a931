package com.funnelseye.messaging.audit;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Chains what has been committed, behind the back of the requests that wrote it.
@Service
class Sealer {

    static final int BATCH = 500;
    private static final Logger log = LoggerFactory.getLogger(Sealer.class);

    /// The end of the chain.
    private record Head(long position, String hash) {}

    private record Pending(long id, String content) {}

    private final JdbcClient jdbc;

    Sealer(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// One batch, oldest entries first. The head goes to the log, which is kept elsewhere: who can rewrite this
    /// database cannot rewrite that.
    @Transactional
    public int runOnce() {
        if (!anyPending()) {
            return 0;
        }
        var head = lockHead();
        var pending = pending();
        if (pending.isEmpty()) {
            return 0;
        }
        for (var entry : pending) {
            head = new Head(head.position() + 1, Chain.link(head.hash(), entry.content()));
            seal(entry.id(), head);
        }
        moveHead(head);
        forget(pending);
        log.info("Audit sealed: audit.position={} audit.head={}", head.position(), head.hash());
        return pending.size();
    }

    private boolean anyPending() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM audit_pending)")
                .query(Boolean.class)
                .single();
    }

    /// Only one node seals at a time, and the next one sees what this one has sealed.
    private Head lockHead() {
        jdbc.sql("INSERT INTO audit_head (position, hash) VALUES (0, decode(:origin, 'hex')) ON CONFLICT DO NOTHING")
                .param("origin", Chain.ORIGIN)
                .update();
        return jdbc.sql("SELECT position, encode(hash, 'hex') AS hash FROM audit_head FOR UPDATE")
                .query(Head.class)
                .single();
    }

    private List<Pending> pending() {
        return jdbc.sql("""
            SELECT audit_entry.id, audit_content(audit_entry) AS content
              FROM audit_pending
              JOIN audit_entry ON audit_entry.id = audit_pending.entry_id
             ORDER BY audit_pending.entry_id
             LIMIT :batch
            """).param("batch", BATCH).query(Pending.class).list();
    }

    private void seal(long entryId, Head link) {
        jdbc.sql("""
            INSERT INTO audit_seal (position, entry_id, hash)
            VALUES (:position, :entryId, decode(:hash, 'hex'))
            """)
                .param("position", link.position())
                .param("entryId", entryId)
                .param("hash", link.hash())
                .update();
    }

    private void moveHead(Head head) {
        jdbc.sql("UPDATE audit_head SET position = :position, hash = decode(:hash, 'hex')")
                .param("position", head.position())
                .param("hash", head.hash())
                .update();
    }

    private void forget(List<Pending> sealed) {
        jdbc.sql("DELETE FROM audit_pending WHERE entry_id = ANY (:ids)")
                .param("ids", sealed.stream().map(Pending::id).toArray(Long[]::new))
                .update();
    }
}
