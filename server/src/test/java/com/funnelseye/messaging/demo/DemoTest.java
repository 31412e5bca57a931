package com.funnelseye.messaging.demo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Invariants;
import com.funnelseye.messaging.MessagingApplication;
import com.funnelseye.messaging.whatsapp.DemoSandbox;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/// The demo as somebody meets it who starts the server for the first time, and for the second.
class DemoTest {

    private static final Path FOLDER = Path.of("target", "demo-test");
    private static final List<String> COACHES = List.of(DemoPeople.JANE, DemoPeople.RAVI);

    @Test
    void a_demo_is_full_of_life_at_its_first_start_and_at_its_second() throws Exception {
        FileSystemUtils.deleteRecursively(FOLDER);
        try (var demo = start()) {
            everybodyGetsIn(demo);
            thereIsMuchToSee(demo);
            anAnswerIsReadWithinSeconds(demo);
            onlyThisMachineReaches(port(demo));
            onlyThisMachineReaches(demo.getBean(DemoSandbox.class).sandbox().port());
            demo.getBean(Invariants.class).assertHold();
            daysPassAndEverythingIsRead(demo);
        }
        try (var demo = start()) {
            thereIsMuchToSee(demo);
            demo.getBean(Invariants.class).assertHold();
        }
    }

    private static ConfigurableApplicationContext start() throws Exception {
        var demo = new SpringApplication(MessagingApplication.class)
                .run(
                        "--server.port=0",
                        "--messaging.sandbox.port=0",
                        "--messaging.database.folder=" + FOLDER.resolve("data"));
        demo.getBean(DemoStart.class).played().get(60, SECONDS);
        return demo;
    }

    private static void everybodyGetsIn(ConfigurableApplicationContext demo) {
        for (var email : List.of(DemoPeople.JANE, DemoPeople.RAVI, DemoPeople.ADMIN, DemoPeople.AUDITOR)) {
            var login = login(demo, email);
            assertThat(login.status()).as(email).isEqualTo(200);
            assertThat(login.data().path("user").path("permissions").toString())
                    .isEqualTo(email.equals(DemoPeople.ADMIN) ? "[\"whatsapp_management\"]" : "[]");
        }
    }

    private static void thereIsMuchToSee(ConfigurableApplicationContext demo) {
        for (var email : COACHES) {
            var coach = as(demo, email);
            assertThat(get(coach, "/contacts").path("pagination").path("total").asInt())
                    .as("leads of %s", email)
                    .isGreaterThanOrEqualTo(40);
            within(Duration.ofSeconds(10), () -> count(coach, true) >= 3 && count(coach, false) >= 2);
            assertThat(get(coach, "/inbox").path("conversations").size())
                    .as("conversations of %s", email)
                    .isGreaterThanOrEqualTo(8);
            assertThat(count(coach, true)).as("open windows of %s", email).isGreaterThanOrEqualTo(3);
            assertThat(count(coach, false)).as("unread threads of %s", email).isGreaterThanOrEqualTo(2);
        }
    }

    private static void anAnswerIsReadWithinSeconds(ConfigurableApplicationContext demo) {
        var coach = as(demo, DemoPeople.JANE);
        var contact = "";
        for (var thread : get(coach, "/inbox").path("conversations")) {
            contact = thread.path("window").path("open").asBoolean(false)
                    ? thread.path("contactId").asString()
                    : contact;
        }
        var thread = "/inbox/conversation/" + contact;
        var answer = Answer.to(coach.post()
                .uri("/api/messaging/inbox/send")
                .body(Map.of("contactId", contact, "message", "See you on Monday!")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        within(
                Duration.ofSeconds(10),
                () -> newest(coach, thread).path("status").asString().equals("read"));
        assertThat(newest(coach, thread).path("status").asString()).isEqualTo("read");
    }

    private static void onlyThisMachineReaches(int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        }
        for (var network : NetworkInterface.networkInterfaces().toList()) {
            for (var address : network.inetAddresses().toList()) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close())
                            .as("%s:%d", address, port)
                            .isInstanceOf(ConnectException.class);
                }
            }
        }
    }

    private static void daysPassAndEverythingIsRead(ConfigurableApplicationContext demo) {
        for (var email : COACHES) {
            var coach = as(demo, email);
            for (var thread : get(coach, "/inbox").path("conversations")) {
                var path = "/api/messaging/inbox/conversation/%s/read"
                        .formatted(thread.path("contactId").asString());
                assertThat(Answer.to(coach.put().uri(path)).status()).isEqualTo(200);
            }
            assertThat(count(coach, false)).isZero();
        }
        demo.getBean(JdbcClient.class)
                .sql("UPDATE last_inbound SET at = at - interval '3 days'")
                .update();
    }

    /// Conversations with an open window, or with unread messages.
    private static long count(RestTestClient coach, boolean open) {
        var count = 0;
        for (var thread : get(coach, "/inbox?limit=200").path("conversations")) {
            var counts = open
                    ? thread.path("window").path("open").asBoolean(false)
                    : thread.path("unreadCount").asInt() > 0;
            count += counts ? 1 : 0;
        }
        return count;
    }

    private static JsonNode newest(RestTestClient coach, String thread) {
        var messages = get(coach, thread).path("messages");
        return messages.path(messages.size() - 1);
    }

    private static JsonNode get(RestTestClient coach, String path) {
        var answer = Answer.to(coach.get().uri("/api/messaging" + path));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.data();
    }

    private static RestTestClient as(ConfigurableApplicationContext demo, String email) {
        var token = login(demo, email).data().path("token").asString();
        return anonymous(demo)
                .mutate()
                .defaultHeader("Authorization", "Bearer " + token)
                .build();
    }

    private static Answer login(ConfigurableApplicationContext demo, String email) {
        return Answer.to(anonymous(demo)
                .post()
                .uri("/api/auth/login")
                .body(Map.of("email", email, "password", DemoPeople.PASSWORD)));
    }

    private static RestTestClient anonymous(ConfigurableApplicationContext demo) {
        return RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + port(demo))
                .build();
    }

    private static int port(ConfigurableApplicationContext demo) {
        return Integer.parseInt(demo.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /// Looks every 50 ms: here the workers run by themselves.
    private static void within(Duration patience, BooleanSupplier reached) {
        var until = System.nanoTime() + patience.toNanos();
        while (!reached.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(50_000_000);
        }
    }
}
