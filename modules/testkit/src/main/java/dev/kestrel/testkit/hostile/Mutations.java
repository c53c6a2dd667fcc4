package dev.kestrel.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes hostile inputs of honest ones: the same chance gives the same inputs. */
final class Mutations {
    private static final int MOST_BYTES = 96 << 10;
    private static final int MOST_CHANGES = 6;
    private static final List<String> NUMBERS =
            List.of(
                    "-1",
                    "0",
                    "1e999",
                    "2147483648",
                    "-9223372036854775808",
                    "9223372036854775807",
                    "99999999999999999999999999",
                    "0x7f",
                    "0.1e-7",
                    "NaN");
    private static final byte[] EDGES = {0, 1, 8, 10, 0x1f, 0x20, 0x7f, (byte) 0x80, (byte) 0xff};

    private final List<byte[]> seeds;
    private final List<String> words;
    private final RandomGenerator random;

    Mutations(List<byte[]> seeds, List<String> words, RandomGenerator random) {
        this.seeds = List.copyOf(seeds);
        this.words = words.isEmpty() ? NUMBERS : List.copyOf(words);
        this.random = random;
    }

    /** The next input, at most 96 KiB. */
    byte[] next() {
        var input = seeds.get(random.nextInt(seeds.size()));
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            input = changed(input);
        }
        return input.length <= MOST_BYTES ? input : Arrays.copyOf(input, MOST_BYTES);
    }

    private byte[] changed(byte[] input) {
        var from = random.nextInt(input.length + 1);
        var to = Math.min(input.length, from + random.nextInt(1 + Math.min(64, input.length)));
        return switch (random.nextInt(10)) {
            case 0 -> overwritten(input, from, (byte) random.nextInt(256));
            case 1 -> overwritten(input, from, EDGES[random.nextInt(EDGES.length)]);
            case 2 -> flipped(input, from);
            case 3 -> Arrays.copyOf(input, from);
            case 4 -> joined(input, 0, from, new byte[0], input, to);
            case 5 -> joined(input, 0, from, word(words), input, from);
            case 6 -> joined(input, 0, from, word(words), input, to);
            case 7 -> joined(input, 0, from, word(NUMBERS), input, to);
            case 8 -> repeated(input, from, to);
            default -> spliced(input, from);
        };
    }

    private byte[] overwritten(byte[] input, int at, byte by) {
        var changed = input.clone();
        if (at < changed.length) {
            changed[at] = by;
        }
        return changed;
    }

    private byte[] flipped(byte[] input, int at) {
        return at < input.length
                ? overwritten(input, at, (byte) (input[at] ^ (1 << random.nextInt(8))))
                : input;
    }

    private byte[] word(List<String> from) {
        return from.get(random.nextInt(from.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] spliced(byte[] input, int from) {
        var other = seeds.get(random.nextInt(seeds.size()));
        return joined(input, 0, from, new byte[0], other, random.nextInt(other.length + 1));
    }

    /** A piece many times over: long runs are what makes naive readers slow or deep. */
    private byte[] repeated(byte[] input, int from, int to) {
        var out = new ByteArrayOutputStream();
        out.write(input, 0, from);
        for (int i = 1 << random.nextInt(13); i > 0 && out.size() < MOST_BYTES; i--) {
            out.write(input, from, to - from);
        }
        out.write(input, from, input.length - from);
        return out.toByteArray();
    }

    private static byte[] joined(
            byte[] head, int start, int end, byte[] middle, byte[] tail, int from) {
        var out = new ByteArrayOutputStream();
        out.write(head, start, end - start);
        out.writeBytes(middle);
        out.write(tail, from, tail.length - from);
        return out.toByteArray();
    }
}
