package dev.kestrel.simulator.node;

import java.time.Duration;
import java.time.Instant;

/** A piece of work with an end: runs for RUN_FOR and exits with EXIT_CODE. */
final class TaskProgram implements Program {
    private final Surroundings around;
    private boolean begun;

    TaskProgram(Surroundings around) {
        this.around = around;
    }

    @Override
    public int live(Instant now) {
        if (!begun) {
            begun = true;
            around.log().log(now, "INFO started");
        }
        var end = around.started().plus(around.duration("RUN_FOR", Duration.ofSeconds(10)));
        if (now.isBefore(end)) {
            return RUNNING;
        }
        var code = around.variable("EXIT_CODE");
        around.log().log(now, code.isEmpty() ? "INFO done" : "ERROR failed");
        return code.isEmpty() ? 0 : Integer.parseInt(code);
    }

    @Override
    public long bytes(Instant now) {
        return 12L << 20;
    }

    @Override
    public boolean listens(int port) {
        return false;
    }
}
