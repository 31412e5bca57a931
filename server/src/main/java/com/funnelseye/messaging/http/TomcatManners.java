package com.funnelseye.messaging.http;

import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What Tomcat refuses before any filter of ours sees it (headers too large, a path it cannot read) gets our body too.
@Component
class TomcatManners implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final JsonMapper json;

    TomcatManners(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(new JsonErrors(json));
            }
        });
    }

    private static final class JsonErrors extends ErrorReportValve {

        private final JsonMapper json;

        JsonErrors(JsonMapper json) {
            this.json = json;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            var status = HttpStatus.resolve(response.getStatus());
            if (status == null
                    || !status.isError()
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            try {
                response.setHeader(RequestManners.REQUEST_ID, UUID.randomUUID().toString());
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getReporter().write(json.writeValueAsString(ErrorAnswers.describe(status)));
                response.finishResponse();
            } catch (IOException callerIsGone) {
                response.setSuspended(true);
            }
        }
    }
}
