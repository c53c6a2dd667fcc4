package dev.kestrel.gateway.session;

import dev.kestrel.domain.command.Outcome;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.OutcomeFromWire;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.wire.v1.InvestigationResult;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts the chunks of investigation results together, so many and so large at once. */
final class OutcomeAssembly {
    private final int maxResults;
    private final Map<String, Partial> partial = new LinkedHashMap<>();

    OutcomeAssembly(int maxResults) {
        this.maxResults = maxResults;
    }

    private static final class Partial {
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private int chunks;
    }

    /**
     * Takes a chunk; gives the outcome when it was the last.
     *
     * @throws Malformed when chunks are missing, or a limit is passed; the result is then forgotten
     */
    Optional<Outcome> add(InvestigationResult chunk) {
        var result = partial.computeIfAbsent(chunk.getId(), id -> new Partial());
        try {
            append(result, chunk);
            if (!chunk.getLast()) {
                return Optional.empty();
            }
            var outcome = OutcomeFromWire.investigation(chunk, result.output.toByteArray());
            partial.remove(chunk.getId());
            return Optional.of(outcome);
        } catch (Malformed e) {
            partial.remove(chunk.getId());
            throw e;
        }
    }

    private void append(Partial result, InvestigationResult chunk) {
        if (partial.size() > maxResults) {
            throw new Malformed(Reason.TOO_LARGE, "too many unfinished results at once");
        }
        if (chunk.getChunk() != result.chunks++) {
            throw new Malformed(Reason.INCOMPLETE, "a chunk of the result is missing");
        }
        if (result.output.size() + chunk.getOutput().size() > WireLimits.RESULT_BYTES) {
            throw new Malformed(Reason.TOO_LARGE, "the result is larger than 512 KiB");
        }
        result.output.writeBytes(chunk.getOutput().toByteArray());
    }
}
