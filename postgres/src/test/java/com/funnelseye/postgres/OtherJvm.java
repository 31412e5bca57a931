package com.funnelseye.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/// A second JVM that runs a server until it is killed.
final class OtherJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /// Returns once the other JVM has committed `statement`.
    static OtherJvm running(Path folder, String statement) throws IOException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var classPath = System.getProperty("java.class.path");
        var jvm = new OtherJvm(
                new ProcessBuilder(java, "-cp", classPath, OtherJvm.class.getName(), folder.toString(), statement)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
        if (!"committed".equals(jvm.output.readLine())) {
            throw new IllegalStateException("The other JVM did not start its server");
        }
        return jvm;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws Exception {
        var postgres = EmbeddedPostgres.start(Options.in(Path.of(arguments[0])).database("messaging"));
        Client.of(postgres).run(arguments[1]);
        System.out.println("committed");
        System.in.read();
        postgres.close();
    }
}
