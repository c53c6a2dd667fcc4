package dev.kestrel.testkit.hostile;

import java.time.Duration;
import java.util.Base64;
import java.util.SplittableRandom;

/**
 * Tries a target with its seeds and then with so many inputs made of them; always the same ones.
 * With {@code -Dfuzz=60s} it goes on with others for that long.
 */
public final class Onslaught {
    private static final long SEED = 20_400_101;

    private Onslaught() {}

    /**
     * Feeds the target.
     *
     * @param inputs made of the seeds, besides the seeds themselves
     * @return inputs that the target took or refused as it promises
     * @throws AssertionError on the first that it does not; the message has the input
     */
    public static long on(Target target, int inputs) {
        var fed = 0L;
        for (var seed : target.seeds()) {
            feed(target, seed);
            fed++;
        }
        var mutations = new Mutations(target.seeds(), target.words(), new SplittableRandom(SEED));
        for (int i = 0; i < inputs; i++) {
            feed(target, mutations.next());
            fed++;
        }
        return fed + atLeisure(target);
    }

    private static long atLeisure(Target target) {
        var time = System.getProperty("fuzz", "");
        if (time.isEmpty()) {
            return 0;
        }
        var begun = System.nanoTime();
        var most = Duration.parse("PT" + time.strip()).toNanos();
        var mutations = new Mutations(target.seeds(), target.words(), new SplittableRandom(begun));
        var fed = 0L;
        for (; System.nanoTime() - begun < most; fed++) {
            feed(target, mutations.next());
        }
        System.out.println(target.getClass().getSimpleName() + ": " + fed + " more inputs");
        return fed;
    }

    private static void feed(Target target, byte[] input) {
        try {
            target.feed(input);
        } catch (RuntimeException | Error fault) {
            throw new AssertionError(
                    "%s does not keep its promise for the %d bytes (base64) %s"
                            .formatted(
                                    target.getClass().getSimpleName(),
                                    input.length,
                                    Base64.getEncoder().encodeToString(input)),
                    fault);
        }
    }
}
