package dev.kestrel.domain.detection;

import dev.kestrel.domain.detection.container.ConfigError;
import dev.kestrel.domain.detection.container.CrashLooping;
import dev.kestrel.domain.detection.container.ExitedWithError;
import dev.kestrel.domain.detection.container.ImagePull;
import dev.kestrel.domain.detection.container.ImagePullEvent;
import dev.kestrel.domain.detection.container.OomKilled;
import dev.kestrel.domain.detection.flow.FlowDenied;
import dev.kestrel.domain.detection.log.FailedCall;
import dev.kestrel.domain.detection.node.NodeNetworkUnready;
import dev.kestrel.domain.detection.node.NodeUnwell;
import dev.kestrel.domain.detection.node.SystemOom;
import dev.kestrel.domain.detection.pod.AgentNotReady;
import dev.kestrel.domain.detection.pod.ConfigNotMounted;
import dev.kestrel.domain.detection.pod.EvictedForMemory;
import dev.kestrel.domain.detection.pod.NotReady;
import dev.kestrel.domain.detection.pod.ProbeFailed;
import dev.kestrel.domain.detection.pod.SandboxRefused;
import dev.kestrel.domain.detection.pod.Sandboxed;
import dev.kestrel.domain.detection.pod.Unschedulable;
import dev.kestrel.domain.detection.service.NoEndpoints;
import dev.kestrel.domain.detection.service.SelectsNothing;
import dev.kestrel.domain.detection.workload.JobFailed;
import dev.kestrel.domain.detection.workload.NoneReady;
import dev.kestrel.domain.detection.workload.RolloutStuck;
import dev.kestrel.domain.detection.workload.ScaledToZero;

import java.util.List;

/** Every detector, in documentation order. */
public final class Detectors {
    public static final List<Detector> ALL =
            List.of(
                    OomKilled.DETECTOR,
                    CrashLooping.DETECTOR,
                    ExitedWithError.DETECTOR,
                    ConfigError.DETECTOR,
                    ConfigNotMounted.DETECTOR,
                    ImagePull.DETECTOR,
                    ImagePullEvent.DETECTOR,
                    Unschedulable.DETECTOR,
                    SandboxRefused.DETECTOR,
                    Sandboxed.DETECTOR,
                    AgentNotReady.DETECTOR,
                    EvictedForMemory.DETECTOR,
                    NotReady.DETECTOR,
                    ProbeFailed.DETECTOR,
                    NoneReady.DETECTOR,
                    RolloutStuck.DETECTOR,
                    ScaledToZero.DETECTOR,
                    JobFailed.DETECTOR,
                    SelectsNothing.DETECTOR,
                    NoEndpoints.DETECTOR,
                    NodeUnwell.NOT_READY,
                    NodeUnwell.MEMORY_PRESSURE,
                    SystemOom.DETECTOR,
                    NodeNetworkUnready.DETECTOR,
                    FailedCall.DETECTOR,
                    FlowDenied.DETECTOR);

    private Detectors() {}
}
