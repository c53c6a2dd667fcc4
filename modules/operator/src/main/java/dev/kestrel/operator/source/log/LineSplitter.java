package dev.kestrel.operator.source.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes lines of pieces of a log. What a line has over the limit is left out, and marked. */
final class LineSplitter {
    static final String CUT = " [cut]";

    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;

    /**
     * @param limit bytes of a line that are kept
     */
    LineSplitter(int limit) {
        this.limit = limit;
    }

    /** The lines that the piece completes. */
    List<String> feed(byte[] piece) {
        var lines = new ArrayList<String>();
        for (var one : piece) {
            if (one == '\n') {
                lines.add(take());
            } else if (line.size() < limit) {
                line.write(one);
            } else {
                cut = true;
            }
        }
        return lines;
    }

    /** What is left at the end of the log; empty when it ended with a line. */
    List<String> rest() {
        return line.size() == 0 ? List.of() : List.of(take());
    }

    private String take() {
        var text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        var taken = cut ? text + CUT : text;
        line.reset();
        cut = false;
        return taken;
    }
}
