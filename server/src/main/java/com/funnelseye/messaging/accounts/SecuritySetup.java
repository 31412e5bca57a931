package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Failure;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Which path needs what. Without sessions and cookies there is nothing for another site to ride on, hence no CSRF
/// tokens; what is not named here is closed.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthSettings.class)
class SecuritySetup {

    private static final RequestMatcher API = path("/api/**");
    private static final RequestMatcher OPEN_API = new OrRequestMatcher(
            path(HttpMethod.POST, "/api/auth/login"),
            path(HttpMethod.POST, "/api/auth/refresh"),
            path("/api/webhooks/**"));

    /// Pictures and sounds may come from blobs the page itself made; everything else from here alone.
    private static final String CONTENT = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            AuthenticationManagerResolver<HttpServletRequest> tokens,
            DenialAnswers denials,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers,
            Environment environment)
            throws Exception {
        var docs = !environment.acceptsProfiles(Profiles.of("production"));
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(SecuritySetup::headers)
                .authorizeHttpRequests(requests -> paths(requests, docs))
                .oauth2ResourceServer(bearer -> bearer.authenticationManagerResolver(tokens)
                        .bearerTokenResolver(onlyWhereNeeded())
                        .authenticationEntryPoint(denials)
                        .accessDeniedHandler(denials))
                .exceptionHandling(
                        denied -> denied.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .addFilterBefore(new EarlyFailures(answers), BearerTokenAuthenticationFilter.class)
                .build();
    }

    /// Watching each filter of each request costs more than the filters do.
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /// A bearer token is good if [Callers] knows its sender; why it is not stays our secret.
    @Bean
    AuthenticationManagerResolver<HttpServletRequest> tokens(Callers callers) {
        return _ -> attempt -> callers.session(((BearerTokenAuthenticationToken) attempt).getToken())
                .map(Authenticated::new)
                .orElseThrow(() -> new InvalidBearerTokenException(Failure.UNAUTHORIZED.message()));
    }

    private static void paths(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            boolean docs) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(OPEN_API)
                .permitAll()
                .requestMatchers("/api/auth/**")
                .authenticated()
                .requestMatchers("/api/messaging/admin/**")
                .hasAuthority(Authenticated.ADMIN)
                .requestMatchers("/api/messaging/**")
                .hasAuthority(Authenticated.COACH)
                .requestMatchers("/api/**")
                .authenticated()
                .requestMatchers("/actuator/health/**", "/error")
                .permitAll()
                .requestMatchers("/v3/api-docs/**", "/v3/api-docs.yaml")
                .access((_, _) -> new org.springframework.security.authorization.AuthorizationDecision(docs))
                .requestMatchers("/actuator/**")
                .denyAll()
                // Socket.IO checks the token itself, at its own handshake.
                .requestMatchers("/socket.io/**")
                .permitAll()
                // The web app: files, and its own pages by any path a browser may be at.
                .requestMatchers(HttpMethod.GET, "/**")
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, "/**")
                .permitAll()
                .anyRequest()
                .denyAll();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        var neverStored = new DelegatingRequestMatcherHeaderWriter(API, new CacheControlHeadersWriter());
        headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(neverStored)
                .contentSecurityPolicy(content -> content.policyDirectives(CONTENT))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER));
    }

    /// An expired token must not stand in the way of refreshing it, nor of the web app.
    private static BearerTokenResolver onlyWhereNeeded() {
        var header = new DefaultBearerTokenResolver();
        return request -> API.matches(request) && !OPEN_API.matches(request) ? header.resolve(request) : null;
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    private static RequestMatcher path(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
    }
}
