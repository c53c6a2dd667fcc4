package dev.kestrel.engine;

import java.time.Duration;

/**
 * How the engine works on a node.
 *
 * @param node id of this node, unique in the cloud
 * @param tick how often timers are looked at
 * @param lease how long a claim on a cluster lasts without renewal; renewed at a third of it
 * @param checkpointEvery after this many journal entries a checkpoint is written
 * @param queueLimit inputs of one cluster that may wait, for the journal and for being reasoned
 *     about; past it they are refused and the stream ends
 * @param backlogLimit entries of one cluster that may be durable and not reasoned about yet; past
 *     it acknowledgements are held back until it is less
 */
public record EngineConfig(
        String node,
        Duration tick,
        Duration lease,
        int checkpointEvery,
        int queueLimit,
        int backlogLimit) {}
