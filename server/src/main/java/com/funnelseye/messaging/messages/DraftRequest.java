package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The fields of a request that say what is to be sent, the same wherever something is sent from.
public record DraftRequest(
        @Nullable String type,
        @Nullable String message,
        @Nullable String mediaUrl,
        @Nullable String caption,
        @Nullable UUID templateId,
        @Nullable Map<String, @Nullable String> templateParameters) {

    static final int MAX_PARAMETERS = 100;
    static final int MAX_PARAMETER_CHARS = 1024;

    /// A `mediaUrl` makes it media, whatever `type` says.
    public Draft draft() {
        if (mediaUrl != null && !mediaUrl.isBlank()) {
            return media(mediaUrl);
        }
        return switch (kind()) {
            case "text" -> Draft.text(message);
            case "template" -> fromTemplate();
            case "image", "video", "audio", "document", "media" ->
                throw Refusal.invalid("mediaUrl", "mediaUrl is required");
            default ->
                throw Refusal.invalid("type", "type must be text, template, image, video, audio, document or media");
        };
    }

    private String kind() {
        if (type != null) {
            return type;
        }
        return templateId == null ? "text" : "template";
    }

    private Draft media(String url) {
        var link = MediaLink.parse(url, type);
        var field = caption == null ? "message" : "caption";
        var words = caption == null ? message : caption;
        if (words == null || words.isBlank()) {
            return new Draft.Media(link, null);
        }
        if (link.kind() == MessageType.AUDIO) {
            throw Refusal.invalid(field, "WhatsApp shows no caption with audio");
        }
        return new Draft.Media(link, Draft.within(field, words, Draft.MAX_CAPTION_CHARS));
    }

    private Draft fromTemplate() {
        if (templateId == null) {
            throw Refusal.invalid("templateId", "templateId is required");
        }
        return new Draft.FromTemplate(templateId, parameters());
    }

    private Map<String, @Nullable String> parameters() {
        if (templateParameters == null) {
            return Map.of();
        }
        if (templateParameters.size() > MAX_PARAMETERS) {
            throw Refusal.invalid(
                    "templateParameters", "templateParameters may have at most %d entries".formatted(MAX_PARAMETERS));
        }
        templateParameters.values().forEach(value -> {
            if (value != null) {
                Draft.within("templateParameters", value, MAX_PARAMETER_CHARS);
            }
        });
        return templateParameters;
    }
}
