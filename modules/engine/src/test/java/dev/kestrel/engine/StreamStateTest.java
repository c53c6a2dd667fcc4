package dev.kestrel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.Batch;

import org.junit.jupiter.api.Test;

import java.util.List;

class StreamStateTest {
    @Test
    void aLateStreamOfAnEarlierBootDoesNotMakeTheNewerOneForgotten() {
        var state =
                StreamState.NONE
                        .after(opened("s1", "boot-1"))
                        .after(batch("boot-1", 7))
                        .after(opened("s2", "boot-2"))
                        .after(batch("boot-2", 5))
                        .after(opened("s3", "boot-1"));

        assertThat(state.sequence()).isEqualTo(7);
        assertThat(state.after(opened("s4", "boot-2")).sequence()).isEqualTo(5);
        assertThat(state.after(opened("s4", "boot-3")).sequence()).isZero();
    }

    @Test
    void onlySoManyBootsAreRemembered() {
        var state = StreamState.NONE;
        for (int boot = 0; boot <= StreamState.EARLIER; boot++) {
            state = state.after(opened("s", "boot-" + boot)).after(batch("boot-" + boot, 3));
        }

        assertThat(state.earlier()).hasSize(StreamState.EARLIER);
        assertThat(state.after(opened("s", "boot-0")).sequence()).isEqualTo(3);
        assertThat(state.after(opened("s", "new")).after(opened("s", "boot-0")).sequence())
                .isZero();
    }

    private static Input opened(String stream, String boot) {
        return new Input.StreamOpened(stream, boot, "", "", false, List.of(), List.of());
    }

    private static Input batch(String boot, long sequence) {
        return new Input.Telemetry(new Batch(boot, sequence, List.of()));
    }
}
