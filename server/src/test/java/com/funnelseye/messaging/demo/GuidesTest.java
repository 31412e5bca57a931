package com.funnelseye.messaging.demo;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.MessagingApplication;
import com.funnelseye.messaging.demo.Guide.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/// What `docs/api` tells newcomers to type is typed, at a demo of its own that all of it shares.
class GuidesTest {

    /// What a command printed, and what it complained about.
    private record Printed(int exitCode, String out, String complaints) {}

    private static final Path FOLDER = Path.of("target", "guides-test").toAbsolutePath();
    private static final String SCRIPT =
            Guide.FOLDER.resolve("test-messaging-system.js").toString();
    private static final List<String> AREAS = List.of(
            "Template parameter system",
            "Contact access control",
            "Message sending (single & bulk)",
            "Template management",
            "Inbox functionality",
            "Statistics and analytics",
            "Admin oversight features",
            "Error handling",
            "Authentication & authorization");
    private static final char END_OF_BLOCK = '\u001e';

    private static ConfigurableApplicationContext demo;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        demo = new SpringApplication(MessagingApplication.class)
                .run(
                        "--server.port=0",
                        "--messaging.sandbox.port=0",
                        "--messaging.database.folder=" + FOLDER.resolve("data"));
        demo.getBean(DemoStart.class).played().get(60, SECONDS);
        base = "http://localhost:" + demo.getEnvironment().getRequiredProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void the_walkthrough_prints_what_it_shows() throws Exception {
        var guide = Guide.named("walkthrough.md");
        var blocks = guide.blocks("bash");
        var script = new StringBuilder();
        blocks.forEach(block -> script.append(block).append("printf '\\%03o'\n".formatted((int) END_OF_BLOCK)));
        Files.writeString(FOLDER.resolve("walkthrough.sh"), script);

        var printed = run(Map.of("BASE", base), "bash", "walkthrough.sh");

        assertThat(printed.complaints()).isEmpty();
        var answers = List.of(printed.out().split(String.valueOf(END_OF_BLOCK), -1));
        assertThat(answers).hasSize(blocks.size() + 1);
        assertThat(differences(guide, answers)).isEmpty();
    }

    @Test
    void the_walkthrough_goes_through_every_box() {
        var guide = Guide.named("walkthrough.md");

        var boxes = guide.headings().stream()
                .filter(heading -> heading.matches("\\d+\\. .+"))
                .toList();

        assertThat(boxes).hasSize(24);
        for (var box = 1; box <= boxes.size(); box++) {
            assertThat(boxes.get(box - 1)).startsWith(box + ". ");
        }
    }

    @Test
    void the_snippets_of_the_integration_guide_do_what_it_says() throws Exception {
        var files = new TreeMap<String, String>();
        var file = "";
        for (Part part : Guide.named("integration.md").parts()) {
            if (part.is("js")) {
                file = part.text().lines().findFirst().orElseThrow().substring("// ".length());
                files.merge(file, part.text(), String::concat);
                Files.writeString(FOLDER.resolve(file), files.get(file));
            } else if (part.is("text")) {
                var printed = run(Map.of("BASE_URL", base), "node", file);
                assertThat(printed.complaints()).as(file).isEmpty();
                assertThat(ShownAnswer.isLike(part.text(), printed.out()))
                        .as("%s printed%n%s", file, printed.out())
                        .isTrue();
            }
        }
        assertThat(files).containsOnlyKeys("messaging.mjs", "coach.mjs", "admin.mjs");

        var check = "integration-check.mjs";
        Files.copy(Path.of("src", "test", "resources", "guides", check), FOLDER.resolve(check));
        assertThat(run(Map.of("BASE_URL", base), "node", check)).isEqualTo(new Printed(0, "", ""));
    }

    @Test
    void the_test_script_finds_every_area_in_order() throws Exception {
        var printed = run(script(token(DemoPeople.JANE), "yes"), "node", SCRIPT);

        assertThat(printed.exitCode()).as(printed.out()).isZero();
        assertThat(printed.complaints()).isEmpty();
        assertThat(printed.out()).doesNotContain("✗", "skipped,").contains(", 0 failed, 0 skipped");
        var areas = List.of(printed.out().strip().split("\n\n"));
        assertThat(areas.subList(1, areas.size() - 1))
                .allSatisfy(area -> assertThat(area).contains("\n  ✓ "))
                .extracting(area -> area.lines().findFirst().orElseThrow())
                .containsExactlyElementsOf(AREAS);
    }

    @Test
    void the_test_script_sends_nothing_unless_it_is_told_to() throws Exception {
        var jane = Door.login(URI.create(base), DemoPeople.JANE, DemoPeople.PASSWORD);
        var before = jane.leads().stream().mapToLong(Door.Lead::messageCount).sum();

        var printed = run(script(token(DemoPeople.JANE), ""), "node", SCRIPT);

        assertThat(printed.exitCode()).as(printed.out()).isZero();
        assertThat(printed.out()).contains("skipped, nothing is sent without SEND=yes");
        assertThat(jane.leads().stream().mapToLong(Door.Lead::messageCount).sum())
                .isEqualTo(before);
    }

    @Test
    void the_test_script_fails_when_something_is_wrong() throws Exception {
        var printed = run(script("no token", ""), "node", SCRIPT);

        assertThat(printed.exitCode()).isEqualTo(1);
        assertThat(printed.out()).contains("✗ COACH_TOKEN is not accepted: 401", "0 passed, 1 failed");
    }

    private static Map<String, String> script(String coachToken, String send) {
        return Map.of(
                "BASE_URL", base, "COACH_TOKEN", coachToken, "ADMIN_TOKEN", token(DemoPeople.ADMIN), "SEND", send);
    }

    private static String token(String email) {
        var answer = RestClient.create(base)
                .post()
                .uri("/api/auth/login")
                .body(Map.of("email", email, "password", DemoPeople.PASSWORD))
                .retrieve()
                .body(JsonNode.class);
        return requireNonNull(answer).at("/data/token").asString();
    }

    /// A block of JSON shows the answer of the commands before it.
    private static List<String> differences(Guide guide, List<String> answers) {
        var differences = new ArrayList<String>();
        var block = -1;
        var heading = "";
        for (Part part : guide.parts()) {
            if (part.isHeading()) {
                heading = part.text();
            } else if (part.is("bash")) {
                block++;
            } else if (part.is("json")) {
                for (var difference : ShownAnswer.parse(part.text()).differencesIn(answers.get(block))) {
                    differences.add("%s: %s".formatted(heading, difference));
                }
            }
        }
        return differences;
    }

    private static Printed run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var out = FOLDER.resolve("out.txt");
        var complaints = FOLDER.resolve("complaints.txt");
        var builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectOutput(out.toFile())
                .redirectError(complaints.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, SECONDS)) {
            process.destroyForcibly();
        }
        return new Printed(process.waitFor(), Files.readString(out), Files.readString(complaints));
    }
}
