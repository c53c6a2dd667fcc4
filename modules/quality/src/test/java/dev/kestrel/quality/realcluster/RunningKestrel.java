package dev.kestrel.quality.realcluster;

import dev.kestrel.cli.ApiClient;
import dev.kestrel.cli.LocalCloud;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.operator.OperatorConfig;
import dev.kestrel.operator.RunningOperator;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A cloud with its own database, and an operator that holds the chart's own permissions, on the
 * real cluster. What it knows is read through its REST API, as any user would.
 */
final class RunningKestrel implements AutoCloseable {

    /** The chart's default and what has to be added to it for fixes of policies. */
    private static final List<String> KINDS =
            List.of("Deployment", "StatefulSet", "DaemonSet", "Service", "NetworkPolicy");

    private static final String NAME = "real";
    private static final Duration START = Duration.ofSeconds(90);

    /** Several tests look at a time, and the API sees one user who may ask so often only. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final OperatorIdentity identity;
    private final LocalCloud cloud;
    private final RunningOperator operator;
    private final ApiClient api;

    private RunningKestrel(
            OperatorIdentity identity, LocalCloud cloud, RunningOperator operator, ApiClient api) {
        this.identity = identity;
        this.cloud = cloud;
        this.operator = operator;
        this.api = api;
    }

    /** The chart's default: nothing may be changed. */
    static RunningKestrel readOnly(RealCluster cluster) {
        return start(cluster, "", OperatorConfig.Write.OFF);
    }

    /** Approved fixes are applied in these namespaces, which must exist. */
    static RunningKestrel writingIn(RealCluster cluster, List<String> namespaces) {
        var values =
                "write: {enabled: true, namespaces: [%s], kinds: [%s]}\n"
                        .formatted(String.join(", ", namespaces), String.join(", ", KINDS));
        return start(cluster, values, new OperatorConfig.Write(true, namespaces, KINDS));
    }

    private static RunningKestrel start(
            RealCluster cluster, String values, OperatorConfig.Write write) {
        var identity = new OperatorIdentity(cluster);
        identity.install(values);
        try {
            var folder = Files.createTempDirectory("kestrel");
            var cloud = get(LocalCloud.start(folder, 0, 1));
            var operator =
                    get(
                            cloud.startOperator(
                                    new ClusterRef(LocalCloud.TENANT, NAME),
                                    Files.readString(identity.kubeconfig()),
                                    identityFolder(folder),
                                    write,
                                    new RelaySettings(cluster.relay(), "", "", "")));
            var api = new ApiClient(cloud.address());
            api.signIn(cloud.login().email(), cloud.login().password());
            var kestrel = new RunningKestrel(identity, cloud, operator, api);
            api.awaitKnown(NAME);
            return kestrel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path identityFolder(Path folder) {
        return folder.resolve("operator");
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(START.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /**
     * The incident whose root cause is this mechanism at this object.
     *
     * @param at such as {@code Deployment/shop/checkout}
     */
    JsonObject awaitRootCause(String mechanism, String at, Duration within) {
        return await(
                "root cause %s at %s".formatted(mechanism, at),
                within,
                () ->
                        api.incidents().stream()
                                .filter(one -> !one.getString("status").equals("RESOLVED"))
                                .filter(one -> one.getString("verdict").equals("ROOT_CAUSE"))
                                .filter(one -> one.getString("cause").equals(mechanism))
                                .filter(one -> one.getString("causeAt").equals(at))
                                .findFirst()
                                .map(one -> api.incident(one.getString("id"))));
    }

    /** The incident once it is as wanted. */
    JsonObject awaitIncident(
            JsonObject incident, String wanted, Duration within, Function<JsonObject, Boolean> is) {
        return await(
                wanted,
                within,
                () -> Optional.of(api.incident(incident.getString("id"))).filter(is::apply));
    }

    /** Its newest remediation once that is in this phase. */
    JsonObject awaitRemediation(JsonObject incident, String phase, Duration within) {
        return await(
                "remediation " + phase,
                within,
                () ->
                        newest(api.incident(incident.getString("id")))
                                .filter(one -> one.getString("phase").equals(phase)));
    }

    private static Optional<JsonObject> newest(JsonObject incident) {
        return incident.getJsonArray("remediations").stream()
                .map(JsonObject.class::cast)
                .reduce((_, later) -> later);
    }

    void approve(JsonObject incident, JsonObject remediation) {
        var manifest = remediation.getJsonObject("plan").getJsonObject("manifest");
        api.approve(
                incident.getString("id"),
                remediation.getString("id"),
                manifest.getString("digest"));
    }

    /** The titles of all incidents so far, each as often as it was opened; newest first. */
    List<String> titles() {
        return api.incidents().stream()
                .map(one -> api.incident(one.getString("id")))
                .filter(one -> one.getString("mergedInto").isEmpty())
                .map(one -> one.getString("title"))
                .toList();
    }

    /** What the operator says of its own rights. */
    String access() {
        return await(
                "word on access",
                START,
                () ->
                        operator.status().stream()
                                .filter(source -> source.source().equals("access"))
                                .map(SourceStatus::detail)
                                .filter(detail -> !detail.isEmpty())
                                .findFirst());
    }

    private <T> T await(String what, Duration within, Awaited<T> look) {
        var end = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < end) {
            var found = look.once();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw new AssertionError("no %s within %s:%n%s".formatted(what, within, told()));
    }

    /** Everything that was found out, for who must mend it. */
    private String told() {
        var text = new StringBuilder();
        operator.status().forEach(source -> text.append(source).append('\n'));
        for (var one : api.incidents()) {
            text.append(api.incident(one.getString("id")).encodePrettily()).append('\n');
        }
        return text.toString();
    }

    private interface Awaited<T> {
        Optional<T> once();
    }

    @Override
    public void close() {
        get(operator.stop());
        cloud.stop();
        identity.remove();
    }
}
