package dev.kestrel.simulator.control;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A cron schedule of five fields, each a star, a step, a number or a list of these; UTC. */
record Schedule(List<String> fields) {
    Schedule {
        fields = List.copyOf(fields);
    }

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException when it has not five fields
     */
    static Schedule parse(String text) {
        var fields = List.of(text.strip().split("\\s+"));
        if (fields.size() != 5) {
            throw new IllegalArgumentException("expected exactly 5 fields, found " + fields.size());
        }
        return new Schedule(fields);
    }

    boolean includes(Instant minute) {
        var at = minute.atOffset(ZoneOffset.UTC);
        return matches(fields.get(0), at.getMinute())
                && matches(fields.get(1), at.getHour())
                && matches(fields.get(2), at.getDayOfMonth())
                && matches(fields.get(3), at.getMonthValue())
                && matches(fields.get(4), at.getDayOfWeek().getValue() % 7);
    }

    private static boolean matches(String field, int value) {
        for (var part : field.split(",")) {
            if (part.equals("*")
                    || (part.startsWith("*/") && value % Integer.parseInt(part.substring(2)) == 0)
                    || part.equals(Integer.toString(value))) {
                return true;
            }
        }
        return false;
    }
}
