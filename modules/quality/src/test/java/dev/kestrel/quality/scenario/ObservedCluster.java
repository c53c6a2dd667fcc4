package dev.kestrel.quality.scenario;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.action.Applying;
import dev.kestrel.operator.action.WritePolicy;
import dev.kestrel.operator.executor.Executor;
import dev.kestrel.operator.investigation.Investigator;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.kube.KubeApi;
import dev.kestrel.operator.kube.KubeClients;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.operator.source.SourceStatus;
import dev.kestrel.operator.source.StatusReports;
import dev.kestrel.operator.source.log.LogSource;
import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.api.Identity;
import dev.kestrel.simulator.api.SimulatedApiServer;
import dev.kestrel.simulator.network.Caller;
import dev.kestrel.simulator.network.Resolution;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.ScenarioRun;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A simulated cluster and the operator in it, without a wire between them. Watches and logs are
 * read on the virtual clock; commands go through the simulated API in real time while the virtual
 * time stands still.
 */
final class ObservedCluster implements AutoCloseable {
    static final List<String> WRITE_KINDS =
            List.of(
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "Service",
                    "NetworkPolicy",
                    "PeerAuthentication");

    private static final String TOKEN = "operator";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedCluster cluster;
    private final SimulatedApiServer api;
    private final KubernetesClient client;
    private final Executor executor;
    private final SimulatedLogs logs;
    private final SimulatedFlows flows;
    private final LogSource logSource;
    private final StatusReports reports = new StatusReports();
    private final List<Signal> seen = new ArrayList<>();
    private Optional<ScenarioRun> run = Optional.empty();

    ObservedCluster(Vertx vertx, SimulatedCluster cluster, Instant realNow) {
        this.cluster = cluster;
        var options =
                new SimulatedApiServer.Options(
                        0, Duration.ofMinutes(1), realNow, List.of(Identity.writer(TOKEN)));
        api = new SimulatedApiServer(vertx, cluster, options).start().await();
        client = KubeClients.connect(api.kubeconfig(TOKEN));
        var kube = new KubeApi(client);
        executor =
                new Executor(
                        new Investigator(vertx, kube, cluster::now),
                        new Applying(
                                kube,
                                new WritePolicy(true, namespaces(), WRITE_KINDS),
                                cluster::now),
                        cluster::now);
        logs = new SimulatedLogs(cluster);
        flows = new SimulatedFlows(cluster);
        logSource = new LogSource(logs, new Told(), cluster::now);
        cluster.inside(
                inside ->
                        inside.store().watch(c -> WatchSignals.of(c, now()).ifPresent(this::tell)));
    }

    List<String> namespaces() {
        return cluster.inside(
                inside ->
                        inside.store().list(ResourceTypes.NAMESPACE).stream()
                                .map(one -> one.key().name())
                                .toList());
    }

    Instant now() {
        return cluster.now();
    }

    /** Everything as it is, kind by kind, as an operator tells it when it is new. */
    List<Signal> inventory() {
        for (var kind : Kinds.INVENTORY) {
            var all = objects(kind);
            say(new Observation.SnapshotBegun(kind.name()));
            all.forEach(this::say);
            say(new Observation.SnapshotCompleted(kind.name(), all.size()));
        }
        return take();
    }

    private List<Observation.ObjectSeen> objects(Kind kind) {
        return cluster.inside(
                inside ->
                        inside.store().list(ResourceTypes.ofKind(kind.name())).stream()
                                .map(one -> WatchSignals.seen(kind, one))
                                .toList());
    }

    private synchronized void say(Observation observation) {
        tell(new Signal(now(), observation));
    }

    private synchronized void tell(Signal signal) {
        seen.add(signal);
    }

    /** Begins a scenario now. */
    ScenarioRun play(Scenario scenario) {
        var begun = ScenarioRun.on(scenario, cluster);
        run = Optional.of(begun);
        return begun;
    }

    /** Lets the cluster live on, and says what the operator noticed. */
    List<Signal> advance(Duration duration) {
        run.ifPresentOrElse(one -> one.advance(duration), () -> cluster.advance(duration));
        logs.flow();
        flows.due().forEach(this::tell);
        return take();
    }

    /** What the operator says of itself every few seconds. */
    List<Signal> report() {
        var statuses = new ArrayList<SourceStatus>(logSource.status(now()));
        for (var kind : Kinds.INVENTORY) {
            statuses.add(live("watch/" + kind.name()));
        }
        statuses.add(live("watch/Event"));
        statuses.add(live("flows"));
        reports.due(statuses, now()).forEach(this::tell);
        return take();
    }

    private static SourceStatus live(String source) {
        return new SourceStatus(source, Observation.SourceState.LIVE, Duration.ZERO, "");
    }

    /** What happened since the last call; pods are looked at for logs that are worth reading. */
    private synchronized List<Signal> take() {
        for (var signal : List.copyOf(seen)) {
            if (signal.observation() instanceof Observation.ObjectSeen one
                    && one.object().ref().kind().equals("Pod")) {
                logSource.onSeen(one.object().ref(), one.object().fields());
            } else if (signal.observation() instanceof Observation.ObjectGone gone
                    && gone.ref().kind().equals("Pod")) {
                logSource.onGone(gone.ref());
            }
        }
        var taken = List.copyOf(seen);
        seen.clear();
        return taken;
    }

    /** Does what reasoning asks and waits for how it ended. */
    Optional<Outcome> carryOut(Command command) {
        return switch (command) {
            case Command.Investigate ask when !ask.question().tool().startsWith("k8s.") ->
                    Optional.of(fromTheNetwork(ask));
            case Command.Investigate _, Command.DryRun _, Command.Apply _, Command.Undo _ ->
                    Optional.of(await(command));
            case Command.CancelInvestigation _ -> Optional.empty();
        };
    }

    private Outcome await(Command command) {
        var ended = new CompletableFuture<Outcome>();
        executor.execute(command, (_, how) -> ended.complete(how.outcome()));
        return ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** This process does not stand in the simulated network, so that is asked instead. */
    private Outcome fromTheNetwork(Command.Investigate ask) {
        var arguments = ask.question().arguments();
        var name = arguments.getOrDefault("name", arguments.getOrDefault("host", ""));
        var answer =
                switch (cluster.inside(i -> i.network().resolve(name, Caller.in("default")))) {
                    case Resolution.Found(var address) -> "NOERROR " + address;
                    case Resolution.Unknown() -> "NXDOMAIN";
                    case Resolution.Silence() -> "no answer from the server";
                };
        return new Outcome.Answered(new Answer.Given(answer, false), now());
    }

    @Override
    public void close() {
        logSource.stop();
        client.close();
        api.stop().await();
    }

    /** Where log lines go. */
    private final class Told implements Sink {
        @Override
        public void accept(Signal signal) {
            tell(signal);
        }

        @Override
        public void awaitRoom() {
            // There is no bound here that a snapshot could fill.
        }
    }
}
