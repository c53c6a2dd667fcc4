package dev.kestrel.operator.action;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.command.Outcome.Refused;
import dev.kestrel.domain.signal.Fields;

import java.util.List;
import java.util.Optional;

/** Decides whether an object is still what a plan was computed from. */
final class Drift {
    private Drift() {}

    /**
     * Why it is not; empty when it still is.
     *
     * @param live the object as it is, cleaned like inventory, because the plan was made from that
     */
    static Optional<Refused> objection(Manifest manifest, Fields live) {
        var uid = live.at("metadata", "uid").text();
        if (!uid.equals(manifest.expectedUid())) {
            return drifted("the object was deleted and created again since");
        }
        for (var expected : manifest.expectedValues().entrySet()) {
            FieldPath path;
            try {
                path = FieldPath.parse(expected.getKey());
            } catch (IllegalArgumentException e) {
                return Optional.of(
                        new Refused(Reason.MALFORMED, String.valueOf(e.getMessage()), List.of()));
            }
            var value = CanonicalJson.write(path.read(live));
            if (!value.equals(expected.getValue())) {
                return drifted(path + " has changed since the plan was made");
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> drifted(String detail) {
        return Optional.of(new Refused(Reason.DRIFTED, detail, List.of()));
    }
}
