package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.setup.CannotStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How much one account may do.
///
/// @param callsPerMinute of the API, by coach or admin
/// @param callsBurst calls at once after a pause
/// @param sendsPerMinute single messages of a coach
@ConfigurationProperties("messaging.limits")
record LimitSettings(
        @DefaultValue("1200") int callsPerMinute,
        @DefaultValue("300") int callsBurst,
        @DefaultValue("300") int sendsPerMinute) {

    LimitSettings {
        if (callsPerMinute < 1 || callsBurst < 1 || sendsPerMinute < 1) {
            throw new CannotStart("Each of messaging.limits must be at least 1.");
        }
    }
}
