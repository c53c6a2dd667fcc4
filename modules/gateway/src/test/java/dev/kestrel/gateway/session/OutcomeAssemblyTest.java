package dev.kestrel.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.wire.v1.InvestigationResult;
import dev.kestrel.protocol.wire.v1.ToolOutcome;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class OutcomeAssemblyTest {
    private final OutcomeAssembly assembly = new OutcomeAssembly(2);

    private static InvestigationResult chunk(String id, int number, int bytes, boolean last) {
        return InvestigationResult.newBuilder()
                .setId(id)
                .setChunk(number)
                .setLast(last)
                .setOutcome(ToolOutcome.TOOL_OUTCOME_ANSWERED)
                .setOutput(ByteString.copyFrom(new byte[bytes]))
                .build();
    }

    @Test
    void chunksOfSeveralResultsMayBeMixed() {
        assertThat(assembly.add(chunk("a", 0, 1, false))).isEmpty();
        assertThat(assembly.add(chunk("b", 0, 1, false))).isEmpty();
        assertThat(assembly.add(chunk("a", 1, 1, true)))
                .contains(new Outcome.Answered(new Answer.Given("\0\0", false), Instant.EPOCH));
        assertThat(assembly.add(chunk("b", 1, 0, true))).isPresent();
    }

    @Test
    void aResultAtTheLimitIsTaken() {
        assertThat(assembly.add(chunk("a", 0, WireLimits.RESULT_BYTES, true))).isPresent();
    }

    @Test
    void oneByteMoreIsRefused() {
        assembly.add(chunk("a", 0, WireLimits.RESULT_BYTES, false));
        assertThatThrownBy(() -> assembly.add(chunk("a", 1, 1, true)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void oneUnfinishedResultTooManyIsRefusedAndTheOthersGoOn() {
        assembly.add(chunk("a", 0, 1, false));
        assembly.add(chunk("b", 0, 1, false));
        assertThatThrownBy(() -> assembly.add(chunk("c", 0, 1, false)))
                .isInstanceOf(Malformed.class);
        assertThat(assembly.add(chunk("a", 1, 1, true))).isPresent();
    }
}
