package dev.kestrel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kestrel.operator.link.TestCloud;
import dev.kestrel.protocol.wire.v1.Signal;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator as it runs in a cluster: a process of its own with the image's flags. */
final class OwnProcessTest {
    /**
     * Measured 151 to 158 right after the first snapshots; what is over says that something grew.
     */
    private static final long MOST_MEBIBYTES = 176;

    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms16m",
                    "-Xmx48m",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=25",
                    "-Xss256k",
                    "-XX:MaxMetaspaceSize=96m",
                    "-XX:ReservedCodeCacheSize=32m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dlogback.configurationFile=dev/kestrel/operator/logback.xml");

    @Test
    void theFlagsAreThoseOfTheImage() throws Exception {
        var pom =
                Files.readString(
                        Path.of(System.getProperty("kestrel.root"), "modules/operator/pom.xml"));
        assertThat(FLAGS).allSatisfy(flag -> assertThat(pom).contains("<jvmFlag>" + flag + "<"));
    }

    @Test
    void itTellsAHundredPodsWithinTheMemoryItIsGiven() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs /proc");
        try (var rig = new OperatorRig()) {
            rig.cluster.apply(OperatorTest.WEB.replace("replicas: 2", "replicas: 100"));
            rig.cluster.advance(Duration.ofSeconds(20));
            var process = start(rig);
            try {
                Eventually.until(
                        () ->
                                !process.isAlive()
                                        || rig.signals()
                                                .filter(Signal::hasSnapshotCompleted)
                                                .anyMatch(
                                                        done ->
                                                                done.getSnapshotCompleted()
                                                                                .getKind()
                                                                                .equals("Pod")
                                                                        && done.getSnapshotCompleted()
                                                                                        .getCount()
                                                                                >= 100));
                assertThat(process.isAlive()).as(() -> "it ended: " + said(rig)).isTrue();
                var memory = residentKib(process.pid());
                assertThat(memory / 1024).isLessThanOrEqualTo(MOST_MEBIBYTES);
            } finally {
                process.destroy();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static String said(OperatorRig rig) {
        try {
            return Files.readString(rig.identity.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(OperatorRig rig) throws IOException {
        var kubeconfig =
                Files.writeString(
                        rig.identity.resolve("config"), rig.cluster.kubeconfig("reader-token"));
        var ca = Files.writeString(rig.identity.resolve("ca.crt"), rig.cloud.authority.pem());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.kestrel.operator.Operator"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(new File(rig.identity.toFile(), "log"));
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KESTREL_"));
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("KESTREL_CLOUD_HOST", "localhost");
        environment.put(
                "KESTREL_CLOUD_ENROLMENT_PORT", Integer.toString(rig.cloud.enrolmentPort()));
        environment.put("KESTREL_CLOUD_STREAM_PORT", Integer.toString(rig.cloud.streamPort()));
        environment.put("KESTREL_CLOUD_CA_FILE", ca.toString());
        environment.put("KESTREL_JOIN_TOKEN", TestCloud.JOIN_TOKEN);
        environment.put("KESTREL_IDENTITY_DIR", rig.identity.toString());
        environment.put("KESTREL_KUBECONFIG", kubeconfig.toString());
        return builder.start();
    }

    private static long residentKib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
