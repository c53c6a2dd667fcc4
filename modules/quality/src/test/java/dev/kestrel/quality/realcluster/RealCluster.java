package dev.kestrel.quality.realcluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A real Kubernetes of {@code deploy/real-cluster} with one real node, started for tests. */
final class RealCluster implements AutoCloseable {

    static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("kestrel.root"), "set by the build"));

    private static final Path TOOLS = ROOT.resolve("deploy/real-cluster");
    private static final Path FOLDER = ROOT.resolve("modules/quality/target/real-cluster");
    // Away from 0, which a person's own cluster would take.
    private static final String SHIFT =
            Objects.requireNonNullElse(System.getenv("KUBE_PORT_SHIFT"), "7");
    private static final Duration BRIEFLY = Duration.ofMinutes(2);
    private static final Duration COLD_BUILD = Duration.ofMinutes(45);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path kubectl;

    private RealCluster(Process process, Path kubectl) {
        this.process = process;
        this.kubectl = kubectl;
    }

    /** What this machine lacks for a real cluster is what the failed command complains about. */
    static Command check() {
        return Command.run(
                tool("kube-up", "--check", "--real-node", "--cni", "cilium"), "", BRIEFLY);
    }

    /** Returns when the node and CoreDNS are ready; builds the programs first where that is new. */
    static RealCluster start() {
        var assets = Command.run(tool("kube-assets", "node"), "", COLD_BUILD).output();
        Command.run(tool("cilium-assets"), "", COLD_BUILD).output();
        try {
            var starting =
                    new ProcessBuilder(
                            tool(
                                    "kube-up",
                                    "--real-node",
                                    "--cni",
                                    "cilium",
                                    "--while-stdin-open",
                                    "" + FOLDER));
            starting.environment().put("KUBE_PORT_SHIFT", SHIFT);
            starting.redirectError(Files.createTempFile("kube-up", ".err").toFile());
            var process = starting.start();
            var cluster = new RealCluster(process, Path.of(assets, "kubectl"));
            cluster.awaitReady(starting.redirectError().file().toPath());
            cluster.pullWorkload();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Path complaints) throws IOException {
        // It gives up by itself after a while, so there is always a line or an end.
        var line = process.inputReader().readLine();
        if (!"ready".equals(line)) {
            close();
            throw new AssertionError("kube-up did not get ready: " + Files.readString(complaints));
        }
        Files.delete(complaints);
    }

    /** So that no test is the first to pull it, whichever test is run. */
    private void pullWorkload() {
        kubectl("run", "first", "--image=workload:v1", "--env=PORT=8080").output();
        kubectl("wait", "--for=condition=Ready", "pod/first", "--timeout=60s").output();
        kubectl("delete", "pod", "first").output();
    }

    private static List<String> tool(String name, String... arguments) {
        var words = new ArrayList<String>();
        words.add(TOOLS.resolve(name).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    /** For clients other than kubectl; the user is cluster-admin. */
    Path kubeconfig() {
        return FOLDER.resolve("kubeconfig");
    }

    /** Where Hubble's relay answers, as {@code host:port}. */
    String relay() {
        return "10.99.%s.2:4245".formatted(SHIFT);
    }

    /** The lines of the audit log so far, oldest first: every request, by whom, on what. */
    List<JsonNode> auditLog() {
        try (var lines = Files.lines(FOLDER.resolve("logs/audit.jsonl"))) {
            return lines.map(RealCluster::json).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restartApiServer() {
        Command.run(tool("kube-up", "--restart-apiserver", "" + FOLDER), "", BRIEFLY).output();
    }

    /** From here on nothing in etcd is older than now. */
    void compact() {
        Command.run(tool("kube-up", "--compact", "" + FOLDER), "", BRIEFLY).output();
    }

    /** Makes {@code workload:TAG} something that can be pulled. */
    void tagWorkload(String tag) {
        Command.run(tool("kube-up", "--tag-workload", "" + FOLDER, tag), "", BRIEFLY).output();
    }

    /** Runs kubectl as cluster-admin, whatever comes of it. */
    Command kubectl(String... arguments) {
        return kubectl("", List.of(arguments));
    }

    /** The same with a standard input, for {@code -f -}. */
    Command kubectlWith(String input, String... arguments) {
        return kubectl(input, List.of(arguments));
    }

    private Command kubectl(String input, List<String> arguments) {
        var words = new ArrayList<>(List.of("" + kubectl, "--kubeconfig", "" + kubeconfig()));
        words.addAll(arguments);
        return Command.run(words, input, BRIEFLY);
    }

    void apply(String namespace, String yaml) {
        kubectl(yaml, List.of("apply", "--namespace", namespace, "-f", "-")).output();
    }

    /** A strategic merge, as {@code kubectl patch} does by default. */
    void patch(String namespace, String resource, String patch) {
        kubectl("patch", "--namespace", namespace, resource, "--patch", patch).output();
    }

    /** The object or the list that kubectl gives for these words. */
    JsonNode get(String namespace, String... what) {
        var words = new ArrayList<>(List.of("get", "--namespace", namespace, "-o", "json"));
        words.addAll(List.of(what));
        return json(kubectl("", words).output());
    }

    /** Returns when every deployment of the namespace runs as it is specified. */
    void awaitRollouts(String namespace) {
        for (var deployment : get(namespace, "deployments").get("items")) {
            var name = deployment.at("/metadata/name").asText();
            kubectl("rollout", "status", "-n", namespace, "deployment/" + name, "--timeout=60s")
                    .output();
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the cluster down and waits until nothing of it is left. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
