package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.contract.Description.Operation;
import java.net.URI;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/// That the description names every query parameter that is read.
class QueryTest extends ServerTest {

    @Autowired
    QueriesRead read;

    @Test
    void every_query_parameter_a_handler_reads_is_described() {
        var coach = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        var description = Contract.descriptionOf("http://localhost:" + port);

        for (var operation : description.operations()) {
            if (!operation.id().equals("authLogout")) {
                askOnce(operation.template().startsWith("/api/messaging/admin/") ? admin : coach, operation);
                assertThat(read.at(operation.method(), operation.template()))
                        .as(operation.id())
                        .containsExactlyInAnyOrderElementsOf(queriesOf(operation.node()));
            }
        }
    }

    /// With a body as in the example, so that nothing is refused before the query is looked at.
    private void askOnce(Person caller, Operation operation) {
        var path = operation.template().replace("{version}", "1").replaceAll("\\{[^}]+}", UUID.randomUUID() + "");
        var query = queriesOf(operation.node()).contains("q") ? "?q=john" : "";
        var request = caller.http()
                .method(HttpMethod.valueOf(operation.method()))
                .uri(URI.create("http://localhost:" + port + path + query));
        var kinds = operation.node().at("/requestBody/content");
        if (kinds.has("text/csv")) {
            request.header("Content-Type", "text/csv").body("phone\n");
        } else if (!kinds.isMissingNode()) {
            request.header("Content-Type", "application/json").body(exampleOf(kinds));
        }
        assertThat(Answer.to(request).status()).as(operation.id()).isLessThan(500);
    }

    private static String exampleOf(JsonNode kinds) {
        for (var example : kinds.at("/application~1json/examples")) {
            return example.path("value").toString();
        }
        return "{}";
    }

    private static TreeSet<String> queriesOf(JsonNode operation) {
        var names = new TreeSet<String>();
        for (var parameter : operation.path("parameters")) {
            if (parameter.path("in").asString("").equals("query")) {
                names.add(parameter.path("name").asString(""));
            }
        }
        return names;
    }
}
