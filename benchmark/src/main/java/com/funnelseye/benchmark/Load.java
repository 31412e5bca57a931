package com.funnelseye.benchmark;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Makes load: so many clients one call after another, or so many calls a second whatever becomes of them.
final class Load {

    /// One call. An exception is a failure, and the run goes on.
    interface Call {
        void run() throws Exception;
    }

    /// Makes the calls of one client.
    interface Client {
        Call call(int number) throws Exception;
    }

    /// @param latencies of calls that succeeded; in an open loop from the moment a call was due
    record Result(long done, long failed, double seconds, Latencies latencies) {
        double perSecond() {
            return done / seconds;
        }
    }

    /// Calls under way at once in an open loop; one more is a failure.
    private static final int MAX_UNDER_WAY = 2_000;

    private Load() {}

    /// Closed loop: a client makes its next call when the last one is answered.
    static Result closed(int clients, Duration length, Client client) {
        var latencies = new Latencies();
        var failed = new AtomicLong();
        var start = System.nanoTime();
        var until = start + length.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < clients; number++) {
                var mine = number;
                var _ = threads.submit(() -> {
                    var call = client.call(mine);
                    while (System.nanoTime() < until) {
                        make(call, System.nanoTime(), latencies, failed);
                    }
                    return null;
                });
            }
        }
        return new Result(latencies.count(), failed.get(), (System.nanoTime() - start) / 1e9, latencies);
    }

    /// Open loop: a call begins when it is due, whether or not those before it are answered.
    static Result open(double perSecond, Duration length, Call call) {
        var latencies = new Latencies();
        var failed = new AtomicLong();
        var start = System.nanoTime();
        var count = (long) (perSecond * length.toNanos() / 1e9);
        var places = new Semaphore(MAX_UNDER_WAY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0L; number < count; number++) {
                var due = start + (long) (number * 1e9 / perSecond);
                for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (places.tryAcquire()) {
                    threads.execute(() -> {
                        make(call, due, latencies, failed);
                        places.release();
                    });
                } else {
                    failed.incrementAndGet();
                }
            }
        }
        return new Result(latencies.count(), failed.get(), (System.nanoTime() - start) / 1e9, latencies);
    }

    private static void make(Call call, long due, Latencies latencies, AtomicLong failed) {
        try {
            call.run();
            latencies.add(System.nanoTime() - due);
        } catch (Exception failure) {
            if (failed.incrementAndGet() == 1) {
                System.err.println("The first call that failed: " + failure);
            }
        }
    }
}
