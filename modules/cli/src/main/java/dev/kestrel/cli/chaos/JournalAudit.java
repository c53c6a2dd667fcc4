package dev.kestrel.cli.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the journal holds against what was acknowledged, and who wrote it. Reads as the owner of the
 * tables, after everything has ended.
 */
final class JournalAudit {
    private static final String BATCHES =
            """
            SELECT cluster_id, boot_id, sequence FROM journal WHERE kind = 1
            ORDER BY cluster_id, journal_offset\
            """;
    private static final String WRITES =
            """
            SELECT cluster_id, node, epoch, journal_end FROM chaos_write WHERE node <> ''
            ORDER BY cluster_id, number\
            """;
    private static final String OWNED =
            "SELECT cluster_id FROM cluster_owner WHERE node = ? ORDER BY 1";

    private JournalAudit() {}

    /**
     * What was found.
     *
     * @param acknowledged batches that the operators know to be durable
     * @param found those of them that are in the journal
     * @param duplicated entries for a batch that is there already
     * @param outOfOrder entries whose batch is not the one after the last of the same boot
     * @param wrongWriters writes under an epoch of another node, or after a higher epoch
     * @param claims how often a cluster was claimed
     */
    record Findings(
            long acknowledged,
            long found,
            long duplicated,
            long outOfOrder,
            List<String> wrongWriters,
            long claims) {
        long lost() {
            return acknowledged - found;
        }

        boolean isSound() {
            return lost() == 0 && duplicated == 0 && outOfOrder == 0 && wrongWriters.isEmpty();
        }
    }

    static Findings audit(Connection connection, List<ChaosOperator> operators)
            throws SQLException {
        var present = new HashMap<String, Set<Long>>();
        var last = new HashMap<String, Long>();
        long duplicated = 0;
        long outOfOrder = 0;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(BATCHES)) {
            while (rows.next()) {
                var boot = rows.getString("cluster_id") + "/" + rows.getString("boot_id");
                var sequence = rows.getLong("sequence");
                if (!present.computeIfAbsent(boot, key -> new HashSet<>()).add(sequence)) {
                    duplicated++;
                }
                outOfOrder += sequence == last.getOrDefault(boot, 0L) + 1 ? 0 : 1;
                last.put(boot, sequence);
            }
        }
        long acknowledged = 0;
        long found = 0;
        for (var operator : operators) {
            var there =
                    present.getOrDefault(operator.cluster() + "/" + operator.bootId(), Set.of());
            acknowledged += operator.acknowledged();
            found += there.stream().filter(one -> one <= operator.acknowledged()).count();
        }
        var writers = new Writers();
        writers.read(connection);
        return new Findings(
                acknowledged, found, duplicated, outOfOrder, writers.wrong, writers.claims);
    }

    /** The clusters that a node owns. */
    static Set<String> owned(Connection connection, String node) throws SQLException {
        try (var statement = connection.prepareStatement(OWNED)) {
            statement.setString(1, node);
            var owned = new HashSet<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    owned.add(rows.getString(1));
                }
            }
            return owned;
        }
    }

    /** One writer for each epoch, epochs that only grow, and a journal that only grows. */
    private static final class Writers {
        private final List<String> wrong = new ArrayList<>();
        private final Map<String, String> writerOf = new HashMap<>();
        private long claims;

        private void read(Connection connection) throws SQLException {
            var cluster = "";
            long epoch = 0;
            long end = 0;
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(WRITES)) {
                while (rows.next()) {
                    if (!rows.getString("cluster_id").equals(cluster)) {
                        cluster = rows.getString("cluster_id");
                        epoch = 0;
                        end = 0;
                    }
                    var key = cluster + " in epoch " + rows.getLong("epoch");
                    var node = rows.getString("node");
                    var writer = writerOf.putIfAbsent(key, node);
                    claims += writer == null ? 1 : 0;
                    if ((writer != null && !writer.equals(node))
                            || rows.getLong("epoch") < epoch
                            || rows.getLong("journal_end") < end) {
                        wrong.add("%s written by %s".formatted(key, node));
                    }
                    epoch = rows.getLong("epoch");
                    end = rows.getLong("journal_end");
                }
            }
        }
    }
}
