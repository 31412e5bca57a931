package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Total;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Making and keeping templates. A coach changes her own, an admin any; what an admin does is audited here, in the
/// transaction of the deed.
@Service
public class Templates {

    static final int MAX_LIVE = 1_000;
    private static final String COPY = " (copy)";

    record TemplatePage(List<Template> templates, long total, Pagination pagination) {}

    record VersionPage(List<TemplateVersion> versions, int total, Pagination pagination) {}

    private final TemplateRepository repository;
    private final VersionRepository versions;
    private final Audit audit;
    private final Clock clock;

    Templates(TemplateRepository repository, VersionRepository versions, Audit audit, Clock clock) {
        this.repository = repository;
        this.versions = versions;
        this.audit = audit;
        this.clock = clock;
    }

    /// For whoever sets up an installation: makes the template unless its owner has, or once had, one of that name.
    @Transactional
    public void ensure(@Nullable UUID coachId, UUID author, NewTemplate template) {
        if (!repository.hasNamed(coachId, template.name())) {
            add(coachId, author, template, null);
        }
    }

    TemplatePage list(Scope scope, TemplateFilter filter, Page page) {
        var pagination = page.of(repository.total(scope, filter));
        return new TemplatePage(repository.list(scope, filter, page), pagination.total(), pagination);
    }

    Template byId(Scope scope, UUID id) {
        return repository.byId(scope, id).orElseThrow(Templates::unknown);
    }

    /// A coach's is her own, an admin's is everyone's.
    @Transactional
    Template create(Caller author, NewTemplate template) {
        var id = add(ownerOf(author), author.id(), template, null);
        return noted(author, "template.created", id, Map.of("version", 1));
    }

    @Transactional
    Template update(Caller author, UUID id, TemplateRequest edit) {
        var before = editable(author, id);
        var after = edit.over(before);
        var version = say(before, after.words(), author);
        repository.update(id, after, version, clock.instant());
        return noted(author, "template.updated", id, Map.of("version", version));
    }

    @Transactional
    Template restore(Caller author, UUID id, int version) {
        var before = editable(author, id);
        var words = repository
                .atVersion(id, version)
                .map(Template::words)
                .orElseThrow(() -> Refusal.notFound("Template version"));
        var restored = say(before, words, author);
        repository.update(id, NewTemplate.like(before, before.name()), restored, clock.instant());
        return noted(author, "template.restored", id, Map.of("version", restored, "from", version));
    }

    @Transactional
    void delete(Caller author, UUID id) {
        editable(author, id);
        repository.delete(id, clock.instant());
        note(author, "template.deleted", id, Map.of());
    }

    /// Anybody may copy what she sees; the copy is hers.
    @Transactional
    Template duplicate(Caller author, UUID id) {
        var original = byId(author.scope(), id);
        var copy = NewTemplate.like(original, shortened(original.name()) + COPY);
        var copied = add(ownerOf(author), author.id(), copy, id);
        return noted(author, "template.created", copied, Map.of("copiedFrom", id));
    }

    VersionPage versions(Scope scope, UUID id, Page page) {
        var template = byId(scope, id);
        return new VersionPage(versions.of(id, page), template.version(), page.of(Total.exactly(template.version())));
    }

    /// Locked until the transaction ends, and the caller may change it.
    Template editable(Caller author, UUID id) {
        repository.lock(id);
        var template = byId(author.scope(), id);
        if (author instanceof Caller.Coach && template.isGlobal()) {
            throw new TemplateForbidden();
        }
        return template;
    }

    UUID add(@Nullable UUID coachId, UUID author, NewTemplate template, @Nullable UUID copiedFrom) {
        if (repository.live(coachId) >= MAX_LIVE) {
            throw new Refusal(
                    HttpStatus.CONFLICT,
                    "TOO_MANY_TEMPLATES",
                    "There may be at most %d templates".formatted(MAX_LIVE),
                    "Conflict");
        }
        var id = Ids.next();
        var now = clock.instant();
        repository.add(id, coachId, template, copiedFrom, now);
        versions.add(id, 1, template.words(), author, now);
        return id;
    }

    void note(Caller actor, String action, UUID id, Map<String, ?> after) {
        if (actor instanceof Caller.Admin) {
            audit.record(actor, action, new Audit.Subject("template", id), Map.of(), after);
        }
    }

    /// Other words are a new version, and take back what was submitted or decided about the old ones of a coach.
    private int say(Template before, Words words, Caller author) {
        if (words.equals(before.words())) {
            return before.version();
        }
        var version = before.version() + 1;
        versions.add(before.id(), version, words, author.id(), clock.instant());
        if (!before.isGlobal()) {
            repository.move(before.id(), TemplateStatus.DRAFT, null, clock.instant());
        }
        return version;
    }

    private Template noted(Caller actor, String action, UUID id, Map<String, ?> after) {
        note(actor, action, id, after);
        return byId(actor.scope(), id);
    }

    private static @Nullable UUID ownerOf(Caller author) {
        return switch (author) {
            case Caller.Coach coach -> coach.id();
            case Caller.Admin _ -> null;
        };
    }

    private static String shortened(String name) {
        var most = TemplateFields.MAX_NAME - COPY.length();
        return name.codePointCount(0, name.length()) <= most
                ? name
                : name.substring(0, name.offsetByCodePoints(0, most));
    }

    static Refusal unknown() {
        return Refusal.notFound("Template");
    }
}
