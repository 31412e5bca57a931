package com.funnelseye.messaging.messages;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long to wait for word of a send whose outcome nobody knows.
///
/// @param alertAfter an operator is told
/// @param abandonAfter it is given up: its credit is available again
@ConfigurationProperties("messaging.unconfirmed")
record UnconfirmedSettings(
        @DefaultValue("15m") Duration alertAfter,
        @DefaultValue("72h") Duration abandonAfter) {}
