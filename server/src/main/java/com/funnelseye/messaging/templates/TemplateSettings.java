package com.funnelseye.messaging.templates;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What `system.company` and `system.website` say.
@ConfigurationProperties("messaging.templates")
record TemplateSettings(
        @DefaultValue("FunnelsEye") String company,
        @DefaultValue("https://funnelseye.com") String website) {}
