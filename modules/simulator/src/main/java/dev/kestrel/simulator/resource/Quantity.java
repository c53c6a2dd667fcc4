package dev.kestrel.simulator.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Reads Kubernetes quantities such as {@code 250m}, {@code 1.5} or {@code 64Mi}. */
public final class Quantity {
    private static final Map<String, BigDecimal> UNITS =
            Map.ofEntries(
                    Map.entry("m", new BigDecimal("0.001")),
                    Map.entry("", BigDecimal.ONE),
                    Map.entry("k", new BigDecimal("1e3")),
                    Map.entry("M", new BigDecimal("1e6")),
                    Map.entry("G", new BigDecimal("1e9")),
                    Map.entry("T", new BigDecimal("1e12")),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)));

    private Quantity() {}

    /**
     * In thousandths of the base unit: millicores for cpu.
     *
     * @throws IllegalArgumentException when the text is no quantity
     */
    public static long milli(String text) {
        return value(text).movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** In whole base units: bytes for memory. */
    public static long units(String text) {
        return value(text).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    private static BigDecimal value(String text) {
        if (text.isEmpty()) {
            return BigDecimal.ZERO;
        }
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        var unit = UNITS.get(text.substring(end));
        if (unit == null || end == 0) {
            throw new IllegalArgumentException(
                    "quantities must match the regular expression"
                            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        return new BigDecimal(text.substring(0, end)).multiply(unit);
    }
}
