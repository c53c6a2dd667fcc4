package dev.kestrel.operator;

import dev.kestrel.operator.identity.Enrolling;
import dev.kestrel.operator.identity.Identity;
import dev.kestrel.operator.identity.IdentityFiles;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.net.SocketAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Starts an operator: gets it an identity, and puts its parts together. */
public final class Operator {
    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

    private Operator() {}

    /** The operator as a process of its own, configured by {@code KESTREL_*} variables. */
    public static void main(String[] arguments) {
        OperatorConfig config;
        try {
            config = Environment.read(System.getenv());
        } catch (IllegalArgumentException mistakes) {
            System.err.println("the operator cannot start:\n" + mistakes.getMessage());
            System.exit(1);
            return;
        }
        // One event loop is plenty for two streams, and every further one costs memory.
        var vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setAddressResolverOptions(
                                        // A name with several addresses: each attempt takes
                                        // another.
                                        new AddressResolverOptions().setRoundRobinInetAddress(true))
                                .setWorkerPoolSize(2)
                                .setInternalBlockingPoolSize(2));
        start(vertx, config, InstantSource.system(), new SecureRandom())
                .onSuccess(operator -> stopAtExit(vertx, operator))
                .onFailure(
                        failure -> {
                            LOG.error("the operator cannot start: {}", failure.getMessage());
                            System.exit(1);
                        });
    }

    private static void stopAtExit(Vertx vertx, RunningOperator operator) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("stop")
                                .unstarted(
                                        () -> {
                                            operator.stop()
                                                    .toCompletionStage()
                                                    .toCompletableFuture()
                                                    .orTimeout(5, TimeUnit.SECONDS)
                                                    .exceptionally(late -> null)
                                                    .join();
                                            vertx.close();
                                        }));
    }

    /**
     * An operator that runs on the given Vert.x instance until it is stopped. Fails when there is
     * neither a valid identity nor a join token that the cloud takes.
     */
    public static Future<RunningOperator> start(
            Vertx vertx, OperatorConfig config, InstantSource clock, RandomGenerator random) {
        var files = new IdentityFiles(config.identityDirectory());
        return vertx.executeBlocking(files::load)
                .compose(
                        kept ->
                                kept.filter(
                                                identity ->
                                                        clock.instant()
                                                                .isBefore(identity.notAfter()))
                                        .map(Future::succeededFuture)
                                        .orElseGet(() -> enrol(vertx, config, files)))
                .compose(
                        identity ->
                                vertx.executeBlocking(
                                        () ->
                                                new RunningOperator(
                                                        vertx, config, identity, clock, random)))
                .compose(RunningOperator::begin);
    }

    private static Future<Identity> enrol(Vertx vertx, OperatorConfig config, IdentityFiles files) {
        if (config.joinToken().isEmpty()) {
            return Future.failedFuture(
                    "no valid identity in "
                            + config.identityDirectory()
                            + " and no join token: add the cluster in Kestrel and start the"
                            + " operator with the token that it shows");
        }
        return enrol(vertx, config, config.cloud().nodes())
                .compose(
                        identity ->
                                vertx.executeBlocking(
                                        () -> {
                                            files.save(identity);
                                            return identity;
                                        }));
    }

    /** At the first node that answers. */
    private static Future<Identity> enrol(
            Vertx vertx, OperatorConfig config, List<OperatorConfig.Node> nodes) {
        var node = nodes.getFirst();
        var address = SocketAddress.inetSocketAddress(node.enrolmentPort(), node.host());
        var enrolled =
                new Enrolling(vertx, address, config.cloud().caPem())
                        .enrol(config.joinToken(), config.clusterName(), Version.TEXT);
        return nodes.size() == 1
                ? enrolled
                : enrolled.recover(failure -> enrol(vertx, config, nodes.subList(1, nodes.size())));
    }
}
