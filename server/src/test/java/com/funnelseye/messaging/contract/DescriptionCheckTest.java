package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.contract.Description.Exchange;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That a test fails when the server breaks its word.
class DescriptionCheckTest {

    private static final String JSON = "application/json";

    private final Description description = new Description("""
        {
          "openapi": "3.1.0",
          "paths": {
            "/api/things/{id}": {
              "put": {
                "operationId": "thingEdit",
                "requestBody": {"content": {"application/json": {"schema": {
                  "type": "object",
                  "properties": {"name": {"type": "string"}},
                  "required": ["name"]}}}},
                "responses": {
                  "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                  "404": {"$ref": "#/components/responses/NOT_FOUND"}
                }
              }
            }
          },
          "components": {
            "schemas": {
              "Thing": {
                "type": "object",
                "properties": {"at": {"type": ["string", "null"], "format": "date-time"}},
                "required": ["at"]},
              "Failure": {"type": "object", "properties": {"code": {"enum": ["GONE"]}}, "required": ["code"]}
            },
            "responses": {
              "NOT_FOUND": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}}
            }
          }
        }
        """);

    @Test
    void an_exchange_as_described_is_in_order() {
        assertThat(answered("{\"at\":\"2026-01-01T00:00:00.000Z\"}")).isEmpty();
        assertThat(answered("{\"at\":null}")).isEmpty();
    }

    @Test
    void a_missing_an_unknown_and_a_wrong_value_are_seen() {
        assertThat(answered("{}")).hasSize(1);
        assertThat(answered("{\"at\":null,\"more\":1}")).hasSize(1);
        assertThat(answered("{\"at\":7}")).hasSize(1);
        assertThat(answered("{\"at\":\"yesterday\"}")).hasSize(1);
        assertThat(answered("no JSON")).hasSize(1);
    }

    @Test
    void a_request_counts_only_when_it_was_accepted() {
        assertThat(violations("{}", 200, "{\"at\":null}"))
                .singleElement()
                .asString()
                .startsWith("REQUEST");
        assertThat(violations("{}", 404, "{\"code\":\"GONE\"}")).isEmpty();
    }

    @Test
    void an_unknown_status_path_code_and_a_missing_request_id_are_seen() {
        assertThat(violations("{\"name\":\"x\"}", 409, "{\"code\":\"GONE\"}")).hasSize(1);
        assertThat(violations("{\"name\":\"x\"}", 404, "{\"code\":\"LOST\"}")).hasSize(1);
        assertThat(description.violations(new Exchange("GET", "/api/other", "", "", 200, "id", JSON, "{}")))
                .hasSize(1);
        assertThat(description.violations(
                        new Exchange("PUT", "/api/things/1", JSON, "{}", 404, "", JSON, "{\"code\":\"GONE\"}")))
                .hasSize(1);
    }

    private List<String> answered(String answer) {
        return violations("{\"name\":\"x\"}", 200, answer);
    }

    private List<String> violations(String request, int status, String answer) {
        return description.violations(new Exchange("PUT", "/api/things/7", JSON, request, status, "id", JSON, answer));
    }
}
