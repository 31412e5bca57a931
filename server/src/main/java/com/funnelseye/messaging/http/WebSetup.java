package com.funnelseye.messaging.http;

import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
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

    /// An endpoint has one form of answer, and gives it whatever is asked for: a failure must reach its caller too.
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.ALL);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, UUID.class, Ids::parse);
        registry.addConverterFactory(new Words());
    }
}
