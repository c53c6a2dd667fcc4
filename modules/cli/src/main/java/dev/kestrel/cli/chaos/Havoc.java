package dev.kestrel.cli.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Does one fault after the other, and lets the cloud come back after each. */
final class Havoc {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHORTEST_SECONDS = 3;
    private static final int LONGEST_SECONDS = 9;

    private final ChaosCloud cloud;
    private final Fleet fleet;
    private final ChaosReport report;
    private final RandomGenerator random;
    private final Consumer<String> progress;

    Havoc(
            ChaosCloud cloud,
            Fleet fleet,
            ChaosReport report,
            RandomGenerator random,
            Consumer<String> progress) {
        this.cloud = cloud;
        this.fleet = fleet;
        this.report = report;
        this.random = random;
        this.progress = progress;
    }

    /** All faults once, in an order by chance, and again until the time is over. */
    void wreak(Duration time) throws InterruptedException, SQLException {
        var until = System.nanoTime() + time.toNanos();
        var faults = new ArrayList<Fault>();
        while (System.nanoTime() < until) {
            if (faults.isEmpty()) {
                faults.addAll(List.of(Fault.values()));
                Collections.shuffle(faults, random);
            }
            wreak(faults.removeFirst());
        }
    }

    private void wreak(Fault fault) throws InterruptedException, SQLException {
        var node = anyThatOwns();
        var hold = Duration.ofSeconds(random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS + 1));
        var affected = affected(fault, node);
        var where = where(fault, node);
        progress.accept("%s %s for %d s".formatted(fault, where, hold.toSeconds()));
        var began = System.nanoTime();
        begin(fault, node);
        var ending = Thread.ofVirtual().start(() -> end(fault, node, hold));
        var times = fleet.recovery(began, PATIENCE);
        var all = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        report.add(fault, where, Fleet.of(affected, times, PATIENCE), all);
        ending.join();
        if (fault == Fault.NODE_KILLED) {
            node.awaitReady();
        }
    }

    /** A fault of a node that owns nothing would show nothing. */
    private NodeProcess anyThatOwns() throws SQLException {
        var chosen = new ArrayList<NodeProcess>();
        try (var connection = cloud.database().connect()) {
            for (var node : cloud.nodes()) {
                if (!JournalAudit.owned(connection, node.name()).isEmpty()) {
                    chosen.add(node);
                }
            }
        }
        var from = chosen.isEmpty() ? cloud.nodes() : chosen;
        return from.get(random.nextInt(from.size()));
    }

    private Set<String> affected(Fault fault, NodeProcess node) throws SQLException {
        return switch (fault) {
            case NODE_KILLED, NODE_HUNG, NODE_WITHOUT_DATABASE -> {
                try (var connection = cloud.database().connect()) {
                    yield JournalAudit.owned(connection, node.name());
                }
            }
            case NODES_PARTITIONED, DATABASE_KILLED ->
                    fleet.operators().stream()
                            .map(ChaosOperator::cluster)
                            .collect(Collectors.toSet());
        };
    }

    private static String where(Fault fault, NodeProcess node) {
        return switch (fault) {
            case NODE_KILLED, NODE_HUNG, NODE_WITHOUT_DATABASE -> node.name();
            case NODES_PARTITIONED -> "all nodes";
            case DATABASE_KILLED -> "PostgreSQL";
        };
    }

    private void begin(Fault fault, NodeProcess node) throws InterruptedException {
        switch (fault) {
            case NODE_KILLED -> node.kill();
            case NODE_HUNG -> node.hang();
            case NODE_WITHOUT_DATABASE -> cloud.databaseOf(node).cut();
            case NODES_PARTITIONED -> cloud.partition();
            case DATABASE_KILLED -> cloud.restartDatabase();
        }
    }

    private void end(Fault fault, NodeProcess node, Duration after) {
        try {
            TimeUnit.NANOSECONDS.sleep(after.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        switch (fault) {
            case NODE_KILLED -> node.start();
            case NODE_HUNG -> node.wake();
            case NODE_WITHOUT_DATABASE -> cloud.databaseOf(node).mend();
            case NODES_PARTITIONED -> cloud.heal();
            case DATABASE_KILLED -> {}
        }
    }

    /** Returns when everything that was said is acknowledged; whether that came to pass. */
    boolean settle() throws InterruptedException {
        fleet.fallSilent();
        var until = System.nanoTime() + PATIENCE.multipliedBy(2).toNanos();
        while (!fleet.isSettled() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return fleet.isSettled();
    }

    /** Milliseconds by cluster until the fleet is acknowledged for the first time. */
    Map<String, Long> warmUp() throws InterruptedException {
        return fleet.recovery(System.nanoTime(), PATIENCE.multipliedBy(3));
    }
}
