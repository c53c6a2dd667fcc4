package dev.kestrel.domain.incident;

/** Tail of the Beta distribution for whole counts: is a share of cases above its base rate. */
final class Beta {
    private Beta() {}

    /**
     * Probability that the true share exceeds the base when k of n were seen, from a flat prior:
     * {@code P(p > base)} for {@code Beta(k + 1, n - k + 1)}, which equals {@code P(X <= k)} for
     * {@code Binomial(n + 1, base)}.
     */
    static double tail(int k, int n, double base) {
        var trials = n + 1;
        var term = Math.pow(1 - base, trials);
        var sum = term;
        for (int i = 1; i <= k; i++) {
            term *= (trials - i + 1) / (double) i * base / (1 - base);
            sum += term;
        }
        return Math.min(1, sum);
    }
}
