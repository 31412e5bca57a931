package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.templates.Rendered;
import com.funnelseye.messaging.templates.Renderer;
import com.funnelseye.messaging.templates.Renderer.Filling;
import com.funnelseye.messaging.templates.TemplateToSend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Turns one draft into what each of many gets.
@Component
class BatchComposer {

    /// What is said: the same to all, or a template filled in for each.
    ///
    /// @param chosen a version somebody chose before, whatever became of the template since
    record Content(Draft draft, @Nullable TemplateToSend template, boolean chosen) {
        @Nullable
        Integer version() {
            return template == null ? null : template.version();
        }
    }

    private final Renderer renderer;

    BatchComposer(Renderer renderer) {
        this.renderer = renderer;
    }

    /// Refused as not found when nobody in the caller's reach has the template.
    Content contentOf(Batch.Order order) {
        if (!(order.draft() instanceof Draft.FromTemplate draft)) {
            return new Content(order.draft(), null, false);
        }
        return order.templateVersion() == null
                ? new Content(draft, renderer.toSend(order.caller().scope(), draft.templateId()), false)
                : new Content(draft, renderer.atVersion(draft.templateId(), order.templateVersion()), true);
    }

    List<BatchLine> compose(Content content, List<BatchLine> lines) {
        var template = content.template();
        if (template != null && content.draft() instanceof Draft.FromTemplate draft) {
            return filled(template, draft, content.chosen() ? lines : withinReach(template, lines));
        }
        var same = same(content.draft());
        return BatchPlanner.going(lines, line -> line.saying(same));
    }

    private static Composition same(Draft draft) {
        return switch (draft) {
            case Draft.Text(var text) -> new Composition(MessageType.TEXT, text, null, null);
            case Draft.Media(var link, var caption) -> new Composition(link.kind(), caption, link, null);
            case Draft.FromTemplate template -> throw new IllegalArgumentException("not the same for all: " + template);
        };
    }

    /// The templates of each contact's coach and the global ones are within reach, whoever writes.
    private List<BatchLine> withinReach(TemplateToSend template, List<BatchLine> lines) {
        var reach = new HashMap<UUID, Boolean>();
        return BatchPlanner.going(lines, line -> {
            var coachId = contactOf(line).coachId();
            var seen = reach.computeIfAbsent(
                    coachId == null ? Ids.NOTHING : coachId,
                    coach -> renderer.isWithin(new Scope.OwnLeads(coach), template.id()));
            return seen ? line : line.judged(Verdict.NO_TEMPLATE);
        });
    }

    private List<BatchLine> filled(TemplateToSend template, Draft.FromTemplate draft, List<BatchLine> lines) {
        var fillings = new ArrayList<Filling>();
        for (var line : lines) {
            if (line.goes()) {
                var addressee = line.addressee();
                List<Map<String, ? extends @Nullable String>> given = List.of(draft.parameters(), addressee.values());
                fillings.add(new Filling(contactOf(line), addressee.fallbacks(), given));
            }
        }
        var texts = renderer.renderAll(template, fillings).iterator();
        return BatchPlanner.going(lines, line -> said(line, template, texts.next()));
    }

    private static BatchLine said(BatchLine line, TemplateToSend template, Rendered rendered) {
        return switch (rendered) {
            case Rendered.Complete(var text) ->
                line.saying(new Composition(MessageType.TEMPLATE, text, null, template));
            case Rendered.Incomplete(var missing) ->
                line.judged(new Verdict.Failed(
                        "MISSING_VARIABLE", "Missing required template variables: " + String.join(", ", missing)));
            case Rendered.Unfit(var sentence) -> line.judged(new Verdict.Failed("UNFIT_TEXT", sentence));
        };
    }

    private static Contact contactOf(BatchLine line) {
        if (line.contact() == null) {
            throw new IllegalStateException("going to nobody");
        }
        return line.contact();
    }
}
