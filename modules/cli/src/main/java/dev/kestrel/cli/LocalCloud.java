package dev.kestrel.cli;

import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.operator.Operator;
import dev.kestrel.operator.OperatorConfig;
import dev.kestrel.operator.RunningOperator;
import dev.kestrel.operator.link.LinkTimes;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.server.KestrelCloud;
import dev.kestrel.server.Outside;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A cloud on this machine with one cluster enrolled: what {@code demo} and {@code up} have in
 * common.
 */
final class LocalCloud {
    /** The one tenant of a local cloud. */
    static final String TENANT = "local";

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final Vertx vertx;
    private final KestrelCloud cloud;
    private final Outside outside;

    LocalCloud(Vertx vertx, KestrelCloud cloud, Outside outside) {
        this.vertx = vertx;
        this.cloud = cloud;
        this.outside = outside;
    }

    /**
     * Enrols a cluster the way every cluster is enrolled, with a join token, and starts an operator
     * on it.
     *
     * @param identity folder of the operator's identity
     */
    Future<RunningOperator> startOperator(
            ClusterRef cluster, String kubeconfig, Path identity, OperatorConfig.Write write) {
        var token = JoinToken.draw(outside.random());
        var expires = outside.clock().instant().plus(TOKEN_LIFE);
        var where =
                new OperatorConfig.Cloud(
                        "localhost",
                        cloud.enrolmentPort(),
                        cloud.streamPort(),
                        cloud.authorityPem());
        var config =
                new OperatorConfig(
                        where,
                        token.reveal(),
                        cluster.cluster(),
                        identity,
                        kubeconfig,
                        write,
                        SpoolLimits.DEFAULT,
                        LinkTimes.DEFAULT);
        return Future.fromCompletionStage(
                        cloud.store()
                                .enrolments()
                                .offer(cluster, cluster.cluster(), token.digest(), expires))
                .compose(
                        ignored ->
                                Operator.start(
                                        vertx, config, outside.reasoningClock(), outside.random()));
    }
}
