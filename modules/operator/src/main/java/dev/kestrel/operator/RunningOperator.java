package dev.kestrel.operator;

import dev.kestrel.operator.action.Applying;
import dev.kestrel.operator.action.WritePolicy;
import dev.kestrel.operator.executor.Executor;
import dev.kestrel.operator.identity.Identity;
import dev.kestrel.operator.identity.IdentityFiles;
import dev.kestrel.operator.identity.Renewing;
import dev.kestrel.operator.investigation.Investigator;
import dev.kestrel.operator.kube.KubeApi;
import dev.kestrel.operator.kube.KubeClients;
import dev.kestrel.operator.kube.Permissions;
import dev.kestrel.operator.link.CloudClient;
import dev.kestrel.operator.link.Introduction;
import dev.kestrel.operator.link.Link;
import dev.kestrel.operator.link.Outbox;
import dev.kestrel.operator.link.StreamSetting;
import dev.kestrel.operator.source.AccessSource;
import dev.kestrel.operator.source.Source;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.StatusReports;
import dev.kestrel.operator.source.event.EventSource;
import dev.kestrel.operator.source.flow.FlowSource;
import dev.kestrel.operator.source.flow.hubble.HubbleFeed;
import dev.kestrel.operator.source.inventory.Inventory;
import dev.kestrel.operator.source.log.LogSource;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** An operator that runs: its sources, its streams, and the order in which they begin and end. */
public final class RunningOperator {
    private static final long STATUS_MILLIS = 5_000;

    private final Vertx vertx;
    private final InstantSource clock;
    private final KubernetesClient kubernetes;
    private final Outbox outbox;
    private final Inventory inventory;
    private final List<Source> sources;
    private final CloudClient cloud;
    private final Link link;
    private final Identity identity;
    private final Renewing renewing;
    private final StatusReports reports = new StatusReports();
    private long statusTimer;

    RunningOperator(
            Vertx vertx,
            OperatorConfig config,
            Identity identity,
            InstantSource clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.clock = clock;
        this.kubernetes = KubeClients.connect(config.kubeconfig());
        this.outbox = new Outbox(config.spool(), clock);
        var api = new KubeApi(kubernetes);
        var logs = new LogSource(api::follow, outbox, clock);
        this.inventory = new Inventory(kubernetes, outbox, logs, clock);
        this.sources =
                List.of(
                        inventory,
                        new EventSource(kubernetes, outbox, clock),
                        logs,
                        flows(config),
                        new AccessSource(new Permissions(api), config.write().enabled(), clock));
        this.cloud = cloud(vertx, config.cloud(), identity, random);
        var setting =
                new StreamSetting(
                        vertx, vertx.getOrCreateContext(), cloud, config.times(), clock, random);
        this.link =
                new Link(
                        setting,
                        introduction(config, random),
                        outbox,
                        config.spool().batchDelay(),
                        executor(vertx, api, config.write(), clock),
                        this::snapshot);
        this.identity = identity;
        var files = new IdentityFiles(config.identityDirectory());
        this.renewing = new Renewing(vertx, cloud, files, link::rollOver, clock, random);
    }

    private FlowSource flows(OperatorConfig config) {
        var hubble = new HubbleFeed(vertx, kubernetes, config.hubble(), clock);
        return new FlowSource(hubble, outbox, vertx, clock);
    }

    /** Each operator begins at an address by chance, so that a fleet spreads over the nodes. */
    private static CloudClient cloud(
            Vertx vertx, OperatorConfig.Cloud cloud, Identity identity, RandomGenerator random) {
        var addresses =
                cloud.nodes().stream()
                        .map(
                                node ->
                                        SocketAddress.inetSocketAddress(
                                                node.streamPort(), node.host()))
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(addresses, random);
        return new CloudClient(vertx, addresses, identity);
    }

    private static Executor executor(
            Vertx vertx, KubeApi api, OperatorConfig.Write write, InstantSource clock) {
        return new Executor(
                new Investigator(vertx, api, clock),
                new Applying(api, policy(write), clock),
                clock);
    }

    private static WritePolicy policy(OperatorConfig.Write write) {
        return new WritePolicy(write.enabled(), write.namespaces(), write.kinds());
    }

    private Introduction introduction(OperatorConfig config, RandomGenerator random) {
        return new Introduction(
                "%016x%016x".formatted(random.nextLong(), random.nextLong()),
                Version.TEXT,
                kubernetes.getKubernetesVersion() == null
                        ? ""
                        : kubernetes.getKubernetesVersion().getGitVersion(),
                config.write().enabled(),
                config.write().namespaces(),
                config.write().kinds());
    }

    private void snapshot(String kind) {
        if (kind.isEmpty()) {
            inventory.snapshot();
        } else {
            inventory.snapshot(kind);
        }
    }

    Future<RunningOperator> begin() {
        link.start();
        renewing.plan(identity);
        statusTimer = vertx.setPeriodic(0, STATUS_MILLIS, ignored -> report());
        // Two dozen informers take a while to set up, which no event loop should wait for.
        return vertx.executeBlocking(
                () -> {
                    sources.forEach(Source::start);
                    return this;
                });
    }

    private void report() {
        reports.due(status(), clock.instant()).forEach(outbox::accept);
    }

    /** How each source is doing. */
    public List<SourceStatus> status() {
        var now = clock.instant();
        return sources.stream().flatMap(source -> source.status(now).stream()).toList();
    }

    /** True while the cloud hears this operator. */
    public boolean isConnected() {
        return link.isOpen();
    }

    /** Ends everything; signals that are not acknowledged by then are lost. */
    public Future<Void> stop() {
        vertx.cancelTimer(statusTimer);
        renewing.stop();
        return vertx.executeBlocking(
                        () -> {
                            sources.forEach(Source::stop);
                            kubernetes.close();
                            return true;
                        })
                .compose(ignored -> link.stop())
                .compose(ignored -> cloud.close());
    }
}
