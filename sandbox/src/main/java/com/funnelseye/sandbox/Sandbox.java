package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A running stand-in for Meta's WhatsApp Cloud API. Everything a test or a demo may want from it is here; the same is
/// offered over HTTP below `/sandbox/`. All methods may be called from any thread.
public final class Sandbox implements AutoCloseable {

    private static final Duration IDLE_CHECK = Duration.ofMillis(5);
    private static final Set<String> LOOPBACK_OR_ANY = Set.of("localhost", "127.0.0.1", "0.0.0.0", "::", "::1");

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Faults faults = new Faults();
    private final Timer timer = new Timer();
    private final Changes changes = new Changes();
    private final SandboxOptions options;
    private final Ledger ledger;
    private final Chats chats;
    private final WebhookClient client;
    private final Webhooks webhooks;
    private final Subscription subscription;
    private final StatusReports reports;
    private final Customers customers;
    private final HttpDoor door;

    private Sandbox(SandboxOptions options) {
        this.options = options;
        var wamids = new Wamids(options.seed());
        var json = new GraphJson(options);
        ledger = new Ledger(options.clock());
        chats = new Chats(options.clock(), changes);
        client = new WebhookClient(options);
        webhooks = new Webhooks(client, timer, options.clock());
        subscription = new Subscription(client, webhooks);
        reports = new StatusReports(options, json, webhooks, timer, changes);
        customers = new Customers(options.clock(), wamids, chats, reports, json, webhooks);
        var messages = new MessagesEndpoint(options, wamids, ledger, chats, faults, reports, closing);
        door = new HttpDoor(
                options, new GraphApi(options, messages), new ControlApi(this), new LiveUpdates(changes, closing));
    }

    public static Sandbox start(SandboxOptions options) {
        var sandbox = new Sandbox(options);
        try {
            sandbox.door.open();
            return sandbox;
        } catch (IOException unusable) {
            sandbox.close();
            throw new IllegalStateException(
                    "The WhatsApp sandbox cannot listen on " + options.bindAddress() + ":" + options.port() + ": "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    public int port() {
        return door.port();
    }

    /// Without version: the client appends `/v25.0/{phone-number-id}/messages`.
    public URI baseUrl() {
        var loopback = LOOPBACK_OR_ANY.contains(options.bindAddress());
        return URI.create("http://" + (loopback ? "localhost" : options.bindAddress()) + ":" + port());
    }

    public SandboxOptions options() {
        return options;
    }

    /// Where webhooks go from now on. First comes the handshake, which is tried until it succeeds; webhooks wait for
    /// it.
    public void deliverTo(URI webhook) {
        subscription.to(webhook);
    }

    /// @return whether the handshake with the present webhook address succeeded in time
    public boolean awaitHandshake(Duration patience) throws InterruptedException {
        return subscription.awaitVerified(patience);
    }

    /// The last 200,000 accepted messages, oldest first.
    public List<Acceptance> acceptances() {
        return ledger.acceptances().all();
    }

    /// The last 200,000 calls of /messages, refused ones and marks as read included.
    public List<ReceivedCall> requests() {
        return ledger.calls().all();
    }

    /// @return the wamid of the customer's message
    public String customerWrites(String from, @Nullable String profileName, String text) {
        return customerWrites(CustomerText.of(from, profileName, text));
    }

    public String customerWrites(CustomerText text) {
        return customers.writes(text);
    }

    /// The customer reads everything that came and did not fail; statuses still to come for it are skipped.
    ///
    /// @return how many messages were read now
    public int customerReads(String from) {
        return customers.reads(PhoneNumber.require(from));
    }

    /// Reports any status of any accepted message, whatever was reported before.
    public void report(String wamid, Status status) {
        if (status == Status.FAILED) {
            throw new IllegalArgumentException("A failure needs its error: use reportFailed");
        }
        reports.report(accepted(wamid), status, null);
    }

    public void reportFailed(String wamid, GraphError error) {
        reports.report(accepted(wamid), Status.FAILED, error);
    }

    /// From now on webhooks only gather; those being posted at this moment still finish.
    public void holdWebhooks() {
        webhooks.hold();
    }

    /// The gathered webhooks set out: in order for each message, side by side for different ones.
    public void releaseWebhooks() {
        webhooks.release();
    }

    /// All webhooks not yet answered with 200, oldest first.
    public List<PendingWebhook> pending() {
        return webhooks.pending();
    }

    /// Posts this webhook now and waits for the answer, also when it was delivered or dropped before: that is how a
    /// test makes duplicates and other orders. Answered with 200 it is no longer pending.
    ///
    /// @return the HTTP status of the receiver
    public int deliver(PendingWebhook webhook) throws IOException, InterruptedException {
        var to = subscription.address();
        if (to == null) {
            throw new IllegalStateException("There is no webhook address yet: call deliverTo");
        }
        return webhooks.deliver(to, webhook);
    }

    /// The webhook never arrives.
    ///
    /// @return false when it was no longer pending
    public boolean drop(PendingWebhook webhook) {
        return webhooks.drop(webhook.id());
    }

    /// @return whether, within the patience, every status script had ended and every webhook was answered
    public boolean awaitIdle(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (webhooks.awaitNonePending(Duration.ofNanos(deadline - System.nanoTime()))) {
            if (reports.playing() == 0 && webhooks.counts().pending() == 0) {
                return true;
            }
            Thread.sleep(IDLE_CHECK);
            if (System.nanoTime() > deadline) {
                return false;
            }
        }
        return false;
    }

    /// The next valid message, whoever it is for. Faults queue up.
    public void failNext(Fault fault) {
        faults.inject(null, 1, fault);
    }

    public void failNext(int times, Fault fault) {
        faults.inject(null, times, fault);
    }

    public void failNext(String to, int times, Fault fault) {
        faults.inject(PhoneNumber.require(to), times, fault);
    }

    public void failAlways(String to, Fault fault) {
        faults.inject(PhoneNumber.require(to), Integer.MAX_VALUE, fault);
    }

    /// Every n-th valid message for which no other fault was injected.
    public void failEvery(int nth, Fault fault) {
        faults.injectEvery(nth, fault);
    }

    /// Ends all injected faults; the magic numbers stay as they are.
    public void clearFaults() {
        faults.clear();
    }

    /// Silent answers end, webhooks still pending are lost.
    @Override
    public void close() {
        closing.countDown();
        changes.bump();
        subscription.close();
        door.close();
        timer.close();
        webhooks.close();
        client.close();
    }

    Ledger ledger() {
        return ledger;
    }

    Chats chats() {
        return chats;
    }

    Faults faults() {
        return faults;
    }

    ControlState state() {
        return ControlState.of(options, subscription, webhooks, ledger, chats, reports);
    }

    private ChatMessage accepted(String wamid) {
        return chats.find(wamid)
                .filter(message -> message.acceptance() != null)
                .orElseThrow(() -> new IllegalArgumentException("No accepted message has this wamid"));
    }
}
