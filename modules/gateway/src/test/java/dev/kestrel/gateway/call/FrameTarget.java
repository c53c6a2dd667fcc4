package dev.kestrel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.gateway.call.Deframer.Next;
import dev.kestrel.testkit.hostile.Target;

import io.vertx.core.buffer.Buffer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A stream of bytes, cut anywhere: it gives the same messages however it is cut, none over the
 * limit, and keeps no more than one message and one piece.
 */
public final class FrameTarget implements Target {
    private static final int MOST = 2_000;

    public static void fuzzerTestOneInput(byte[] input) {
        new FrameTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        var bomb = packed(new byte[1 << 20]);
        return List.of(
                joined(framed(0, new byte[] {1, 2, 3}), framed(0, new byte[0])),
                joined(framed(1, packed(new byte[] {1, 2, 3})), framed(0, new byte[MOST])),
                framed(1, bomb),
                framed(1, Arrays.copyOf(bomb, bomb.length / 2)));
    }

    @Override
    public List<String> words() {
        return List.of(
                "\u0000\u0000\u0000\u0000\u0001", "\u0001\u0000\u0000\u0000", "\u001f\u008b");
    }

    @Override
    public void feed(byte[] input) {
        for (var gzip : new boolean[] {false, true}) {
            var whole = read(input, gzip, input.length + 1);
            assertThat(read(input, gzip, 1 + input.length % 7)).isEqualTo(whole);
        }
    }

    private static List<String> read(byte[] input, boolean gzip, int piece) {
        var deframer = new Deframer(MOST, gzip);
        var seen = new ArrayList<String>();
        for (int from = 0; from < input.length; from += piece) {
            var to = Math.min(input.length, from + piece);
            deframer.feed(Buffer.buffer(Arrays.copyOfRange(input, from, to)));
            while (true) {
                switch (deframer.next()) {
                    case Next.Message(var bytes) -> {
                        assertThat(bytes.length).isLessThanOrEqualTo(MOST);
                        seen.add(Arrays.toString(bytes));
                        continue;
                    }
                    case Next.Broken(var status, var why) -> {
                        seen.add(status + " " + why);
                        return seen;
                    }
                    case Next.Wanting() ->
                            assertThat(deframer.heldBytes()).isLessThanOrEqualTo(MOST + 5 + piece);
                }
                break;
            }
        }
        return seen;
    }

    private static byte[] framed(int flag, byte[] bytes) {
        return Buffer.buffer()
                .appendByte((byte) flag)
                .appendInt(bytes.length)
                .appendBytes(bytes)
                .getBytes();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return Buffer.buffer(one).appendBytes(other).getBytes();
    }

    private static byte[] packed(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
