package dev.kestrel.bus;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.ClusterRef;

import java.time.Instant;
import java.util.List;

/** Every address on the event bus. There is no other place where one is spelled. */
public final class Topics {
    /**
     * The gateway opens a cluster's stream: the engine on the same node claims the cluster. Key:
     * the node.
     */
    public static final Topic.Here<StreamOpened, ClusterOwned> STREAM_OPENED =
            new Topic.Here<>(
                    "stream.opened", StreamOpened.class, ClusterOwned.class, StreamOpened::node);

    /**
     * The gateway hands a batch to the cluster's owner on the same node; answered once it is
     * durable, and later while too much is to be reasoned about.
     */
    public static final Topic.Here<BatchReceived, BatchTaken> BATCH_RECEIVED =
            new Topic.Here<>(
                    "batch.received",
                    BatchReceived.class,
                    BatchTaken.class,
                    batch -> batch.cluster().toString());

    /**
     * A stream of the cluster ended, for whatever reason. An owner elsewhere knows without: it
     * claimed the cluster because the stream went.
     */
    public static final Topic.Here<StreamClosed, Noted> STREAM_CLOSED =
            new Topic.Here<>(
                    "stream.closed",
                    StreamClosed.class,
                    Noted.class,
                    closed -> closed.cluster().toString());

    /** The owner sends a command to whichever node holds the cluster's control stream. */
    public static final Topic.Ask<CommandIssued, Dispatch> COMMAND_ISSUED =
            new Topic.Ask<>(
                    "command.issued",
                    CommandIssued.class,
                    Dispatch.class,
                    issued -> issued.cluster().toString());

    /** The outcome of a command goes to the cluster's owner; answered once it is durable. */
    public static final Topic.ToOwner<CommandEnded, Noted> COMMAND_ENDED =
            new Topic.ToOwner<>(
                    "command.ended", CommandEnded.class, Noted.class, CommandEnded::cluster);

    /**
     * A person's word about an incident goes to the cluster's owner; answered once it is durable.
     */
    public static final Topic.ToOwner<WordGiven, WordTaken> WORD_GIVEN =
            new Topic.ToOwner<>("word.given", WordGiven.class, WordTaken.class, WordGiven::cluster);

    /** An incident has a new revision. */
    public static final Topic.Fact<IncidentChanged> INCIDENT_CHANGED =
            new Topic.Fact<>("incident.changed", IncidentChanged.class);

    /** A cluster's connection, sources or visibility changed. */
    public static final Topic.Fact<ClusterChanged> CLUSTER_CHANGED =
            new Topic.Fact<>("cluster.changed", ClusterChanged.class);

    /** A cluster's identity was revoked: whoever holds its streams ends them at once. */
    public static final Topic.Fact<IdentityRevoked> IDENTITY_REVOKED =
            new Topic.Fact<>("identity.revoked", IdentityRevoked.class);

    /** A node claimed a cluster: whoever owned it before stops at once. */
    public static final Topic.Fact<OwnerClaimed> OWNER_CLAIMED =
            new Topic.Fact<>("owner.claimed", OwnerClaimed.class);

    /**
     * A node's owner of a cluster stopped: the streams that end there go, and the operator comes
     * back where the cluster can be owned.
     */
    public static final Topic.Fact<OwnerDropped> OWNER_DROPPED =
            new Topic.Fact<>("owner.dropped", OwnerDropped.class);

    /** All of them, in the order in which a signal and then an approval meets them. */
    public static final List<Topic<?>> ALL =
            List.of(
                    STREAM_OPENED,
                    BATCH_RECEIVED,
                    STREAM_CLOSED,
                    COMMAND_ISSUED,
                    COMMAND_ENDED,
                    WORD_GIVEN,
                    INCIDENT_CHANGED,
                    CLUSTER_CHANGED,
                    IDENTITY_REVOKED,
                    OWNER_CLAIMED,
                    OWNER_DROPPED);

    private Topics() {}

    /**
     * A cluster's telemetry stream begins.
     *
     * @param node the node at which the stream ends, and that therefore is to own the cluster
     * @param streamId unique per stream
     */
    public record StreamOpened(
            String node,
            ClusterRef cluster,
            String streamId,
            String bootId,
            long firstHeldSequence,
            String operatorVersion,
            String kubernetesVersion,
            boolean writeEnabled,
            List<String> writeNamespaces,
            List<String> writeKinds,
            Instant at) {}

    /**
     * Whether the node owns the cluster from now on.
     *
     * @param resumeAfter highest durable sequence of this boot; 0 when none
     */
    public record ClusterOwned(boolean owned, long resumeAfter, String why) {}

    /**
     * A batch as it came, not read yet.
     *
     * @param bootId of the operator that sent it
     * @param sequence of the batch within the boot
     * @param wire the bytes as the journal keeps them
     */
    public record BatchReceived(
            ClusterRef cluster,
            String streamId,
            Instant receivedAt,
            String bootId,
            long sequence,
            byte[] wire) {}

    /**
     * What became of a batch.
     *
     * @param durable false when the owner was fenced or is gone: the stream is to end, and the
     *     operator resends elsewhere
     * @param sequence highest durable sequence of the boot
     */
    public record BatchTaken(boolean durable, long sequence) {}

    /**
     * A cluster's telemetry stream is over.
     *
     * @param silent true when nothing was heard for too long, false when the connection ended
     */
    public record StreamClosed(ClusterRef cluster, String streamId, boolean silent, Instant at) {}

    /** Received, and durable where the topic says so. */
    public record Noted(boolean accepted) {}

    /** A command on its way to an operator. */
    public record CommandIssued(ClusterRef cluster, Command command) {}

    /** What a command did, on its way to the owner. */
    public record CommandEnded(ClusterRef cluster, String commandId, Outcome outcome, Instant at) {}

    /**
     * A person's word on its way to the owner.
     *
     * @param incident id of the incident
     */
    public record WordGiven(ClusterRef cluster, String incident, Word word, Instant at) {
        public WordGiven {
            if (!word.by().tenant().equals(cluster.tenant())) {
                throw new IllegalArgumentException("a word about another tenant's cluster");
            }
        }
    }

    /**
     * What became of a person's word.
     *
     * @param refusal empty when it was taken; else the name of a refusal and what to do
     */
    public record WordTaken(boolean taken, String refusal, long revision) {}

    /** A hint to read the incident again. */
    public record IncidentChanged(ClusterRef cluster, String incident, long revision) {}

    /** A hint to read the cluster again. */
    public record ClusterChanged(ClusterRef cluster) {}

    /**
     * Certificates that are not to be used any more.
     *
     * @param serial lower-case hex; empty for all of the cluster's
     */
    public record IdentityRevoked(ClusterRef cluster, String serial) {}

    /**
     * A cluster has a new owner.
     *
     * @param node of the owner
     * @param epoch of the claim; an owner of a lower one is fenced
     */
    public record OwnerClaimed(ClusterRef cluster, String node, long epoch) {}

    /**
     * A cluster's owner on the node is no more.
     *
     * @param node where it was
     */
    public record OwnerDropped(ClusterRef cluster, String node) {}
}
