package dev.kestrel.domain.topology;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * Amounts of resources as Kubernetes writes them: {@code 250m}, {@code 1.5}, {@code 64Mi}, {@code
 * 1G}, {@code 2e3}. The format is that of {@code k8s.io/apimachinery/pkg/api/resource.Quantity}.
 */
public final class Quantity {
    private static final Map<String, BigDecimal> SUFFIXES =
            Map.ofEntries(
                    Map.entry("n", new BigDecimal("1e-9")),
                    Map.entry("u", new BigDecimal("1e-6")),
                    Map.entry("m", new BigDecimal("1e-3")),
                    Map.entry("", BigDecimal.ONE),
                    Map.entry("k", new BigDecimal("1e3")),
                    Map.entry("M", new BigDecimal("1e6")),
                    Map.entry("G", new BigDecimal("1e9")),
                    Map.entry("T", new BigDecimal("1e12")),
                    Map.entry("P", new BigDecimal("1e15")),
                    Map.entry("E", new BigDecimal("1e18")),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
                    Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
                    Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantity() {}

    /**
     * Thousandths of the unit, rounded up as the scheduler does: {@code 250m} of CPU is 250, {@code
     * 1Ki} of memory is 1,024,000.
     *
     * @throws IllegalArgumentException when the text is no quantity
     */
    public static long millis(String text) {
        return number(text).movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /**
     * Whole units, rounded up: bytes of memory.
     *
     * @throws IllegalArgumentException when the text is no quantity
     */
    public static long units(String text) {
        return number(text).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /**
     * Bytes in the largest binary unit that shows them exactly: {@code 67108864} is {@code 64Mi}.
     */
    public static String bytes(long bytes) {
        var units = new String[] {"Gi", "Mi", "Ki"};
        for (int i = 0; i < units.length; i++) {
            var unit = 1L << (30 - 10 * i);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + units[i];
            }
        }
        return Long.toString(bytes);
    }

    /** Thousandths of a core as people write them: 1500 is {@code 1500m}, 2000 is {@code 2}. */
    public static String cores(long millis) {
        return millis % 1000 == 0 ? Long.toString(millis / 1000) : millis + "m";
    }

    private static BigDecimal number(String text) {
        try {
            if (text.matches("[+-]?[0-9.]+[eE][+-]?[0-9]+")) {
                return new BigDecimal(text);
            }
            var end = text.length();
            while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
                end--;
            }
            var factor = SUFFIXES.get(text.substring(end));
            if (factor != null && end > 0) {
                return new BigDecimal(text.substring(0, end)).multiply(factor);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("no quantity: " + text, e);
        }
        throw new IllegalArgumentException("no quantity: " + text);
    }
}
