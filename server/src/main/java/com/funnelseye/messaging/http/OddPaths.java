package com.funnelseye.messaging.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;

/// Whatever stands where an id belongs is answered like an id that names nothing. What the firewall would refuse there
/// (semicolons, dots that climb, encoded signs) is never decoded, resolved or passed on: a plain name of nothing takes
/// its place, and the firewall is asked again.
@Component
class OddPaths implements HttpFirewall {

    private static final String NOTHING = "-";
    private static final Pattern PLAIN = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~-]+");

    private final StrictHttpFirewall strict = new StrictHttpFirewall();

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        try {
            return strict.getFirewalledRequest(request);
        } catch (RequestRejectedException refused) {
            if (!request.getRequestURI().startsWith("/api/")) {
                throw refused;
            }
            return strict.getFirewalledRequest(new Plain(request));
        }
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
    }

    private static final class Plain extends HttpServletRequestWrapper {

        private final String path;

        Plain(HttpServletRequest request) {
            super(request);
            path = plain(request.getRequestURI());
            ServletRequestPathUtils.parseAndCache(this);
        }

        /// As many parts as before, so that nothing moves to where another rule holds.
        private static String plain(String path) {
            return Stream.of(path.substring(1).split("/", -1))
                    .map(part -> PLAIN.matcher(part).matches() ? part : NOTHING)
                    .collect(Collectors.joining("/", "/", ""));
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            var request = (HttpServletRequest) getRequest();
            var url = request.getRequestURL();
            return new StringBuffer(url.substring(0, url.indexOf(request.getRequestURI())) + path);
        }

        @Override
        public String getServletPath() {
            return path;
        }
    }
}
