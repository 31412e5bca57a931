package com.funnelseye.messaging.http;

import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Every argument resolver in the application takes part; an id in a path or query is read by [Ids#parse],
/// a word by [Words].
@Configuration(proxyBeanMethods = false)
class WebSetup implements WebMvcConfigurer {

    private final List<HandlerMethodArgumentResolver> resolvers;

    WebSetup(List<HandlerMethodArgumentResolver> resolvers) {
        this.resolvers = resolvers;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> target) {
        target.addAll(resolvers);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, UUID.class, Ids::parse);
        registry.addConverterFactory(new Words());
    }
}
