package dev.kestrel.operator.link;

import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlGrpcClient;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryGrpcClient;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import io.vertx.core.Future;

import java.time.Duration;
import java.util.function.Consumer;

/** The operator's streams to the cloud, kept open. */
public final class Link {
    private final StreamKeeper<TelemetryUp, TelemetryDown> telemetry;
    private final StreamKeeper<ControlUp, ControlDown> control;

    /**
     * The streams of one start of the operator; nothing is opened yet.
     *
     * @param resnapshot has all objects of a kind told again; of every kind where it is empty
     */
    public Link(
            StreamSetting setting,
            Introduction introduction,
            Outbox outbox,
            Duration batchDelay,
            Commands commands,
            Consumer<String> resnapshot) {
        telemetry =
                new StreamKeeper<>(
                        "telemetry",
                        setting,
                        TelemetryGrpcClient.Stream,
                        new TelemetryConversation(
                                hello(introduction),
                                outbox,
                                snapshots(resnapshot),
                                setting.clock(),
                                setting.vertx(),
                                setting.context(),
                                batchDelay));
        control =
                new StreamKeeper<>(
                        "control",
                        setting,
                        ControlGrpcClient.Stream,
                        new ControlConversation(
                                introduction.bootId(),
                                commands,
                                setting.clock(),
                                setting.context()));
    }

    private static TelemetryConversation.Snapshots snapshots(Consumer<String> resnapshot) {
        return new TelemetryConversation.Snapshots() {
            @Override
            public void tellAll() {
                resnapshot.accept("");
            }

            @Override
            public void tell(String kind) {
                resnapshot.accept(kind);
            }
        };
    }

    private static Hello hello(Introduction introduction) {
        return Hello.newBuilder()
                .setBootId(introduction.bootId())
                .setOperatorVersion(introduction.operatorVersion())
                .setKubernetesVersion(introduction.kubernetesVersion())
                .setWriteEnabled(introduction.writeEnabled())
                .addAllWriteNamespaces(introduction.writeNamespaces())
                .addAllWriteKinds(introduction.writeKinds())
                .build();
    }

    public void start() {
        telemetry.start();
        control.start();
    }

    /** Moves the streams to new connections, which use the newest identity. */
    public void rollOver() {
        telemetry.rollOver();
        control.rollOver();
    }

    public Future<Void> stop() {
        return Future.join(telemetry.stop(), control.stop()).mapEmpty();
    }

    /** True while the cloud hears us. */
    public boolean isOpen() {
        return telemetry.isOpen();
    }
}
