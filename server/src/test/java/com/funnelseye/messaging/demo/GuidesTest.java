package com.funnelseye.messaging.demo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.MessagingApplication;
import com.funnelseye.messaging.demo.Guide.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/// What `docs/api` tells newcomers to type is typed, at a demo of its own that all of it shares.
class GuidesTest {

    /// What a command printed, and what it complained about.
    private record Printed(int exitCode, String out, String complaints) {}

    private static final Path FOLDER =
            Path.of("target", "guides-test").toAbsolutePath();
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
        blocks.forEach(
                block -> script.append(block).append("printf '\\%03o'\n".formatted((int) END_OF_BLOCK)));
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

        var boxes = guide.headings().stream().filter(heading -> heading.matches("\\d+\\. .+")).toList();

        assertThat(boxes).hasSize(22);
        for (var box = 1; box <= boxes.size(); box++) {
            assertThat(boxes.get(box - 1)).startsWith(box + ". ");
        }
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
                for (var difference : Shown.parse(part.text()).differencesIn(answers.get(block))) {
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
