package com.funnelseye.messaging;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {

    @Test
    void each_feature_imports_only_what_it_may() {
        ApplicationModules.of(MessagingApplication.class).verify();
    }
}
