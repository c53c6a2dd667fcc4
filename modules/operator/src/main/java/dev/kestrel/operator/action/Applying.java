package dev.kestrel.operator.action;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.command.Outcome.Refused;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.operator.kube.JsonFields;
import dev.kestrel.operator.kube.KubeApi;
import dev.kestrel.operator.redaction.ObjectRedaction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Applies manifests, and takes them back. Always in the same order: the manifest itself, the live
 * object, a dry run, the apply; each step can only refuse. Waits; used on virtual threads only.
 */
public final class Applying {
    private static final Logger LOG = LoggerFactory.getLogger(Applying.class);

    /** Status updates move an object's version all the time; a few times in a row is bad luck. */
    private static final int ATTEMPTS = 4;

    private final KubeApi api;
    private final WritePolicy policy;
    private final InstantSource clock;

    public Applying(KubeApi api, WritePolicy policy, InstantSource clock) {
        this.api = api;
        this.policy = policy;
        this.clock = clock;
    }

    /** Asks the API server what it would make of the manifest; changes nothing. */
    public Outcome dryRun(Command.DryRun command) {
        var manifest = command.manifest();
        var objection = policy.objection(manifest);
        return objection.isPresent()
                ? objection.get()
                : reached(
                        () ->
                                switch (trial(new LiveObject(api, manifest), manifest, false)) {
                                    case Trial.Passed passed ->
                                            new Outcome.WouldApply(
                                                    passed.object(), passed.takesOverFrom());
                                    case Trial.Failed failed -> failed.why();
                                });
    }

    /** Applies what was approved. */
    public Outcome apply(Command.Apply command) {
        LOG.atInfo()
                .addKeyValue("command", command.id())
                .addKeyValue("target", command.manifest().target())
                .addKeyValue("approved_by", command.approvedBy())
                .log("asked to apply a fix");
        return write(command.id(), command.manifest(), command.expiresAt(), false);
    }

    /** Applies the inverse of what was applied before. */
    public Outcome undo(Command.Undo command) {
        LOG.atInfo()
                .addKeyValue("command", command.id())
                .addKeyValue("target", command.manifest().target())
                .addKeyValue("apply", command.applyId())
                .log("asked to take a fix back");
        return write(command.id(), command.manifest(), command.expiresAt(), true);
    }

    private Outcome write(String id, Manifest manifest, Instant expiresAt, boolean undo) {
        var objection = policy.objection(manifest).or(() -> expired(expiresAt));
        var outcome =
                objection.isPresent()
                        ? objection.get()
                        : reached(() -> applied(new LiveObject(api, manifest), manifest, undo));
        LOG.atInfo()
                .addKeyValue("command", id)
                .addKeyValue("target", manifest.target())
                .addKeyValue("outcome", outcome)
                .log("answered a fix");
        return outcome;
    }

    private Optional<Refused> expired(Instant expiresAt) {
        return clock.instant().isAfter(expiresAt)
                ? Optional.of(refused(Reason.APPROVAL_EXPIRED, "the approval has expired"))
                : Optional.empty();
    }

    private Outcome applied(LiveObject object, Manifest manifest, boolean undo) {
        Refused refused = refused(Reason.UNREACHABLE, "the object kept changing");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            switch (trial(object, manifest, undo)) {
                case Trial.Failed failed -> {
                    return failed.why();
                }
                case Trial.Passed passed -> {
                    var force = !passed.takesOverFrom().isEmpty();
                    var reply = object.apply(force, passed.version());
                    if (reply.isSuccess()) {
                        var version =
                                JsonFields.read(reply.body())
                                        .at("metadata", "resourceVersion")
                                        .text();
                        return new Outcome.Applied(version, clock.instant());
                    }
                    refused = LiveObject.refusal(reply);
                    if (reply.status() != 409 || refused.reason() == Reason.CONFLICT) {
                        return refused;
                    }
                }
            }
        }
        return refused;
    }

    /** Everything that is asked before something is changed. */
    private static Trial trial(LiveObject object, Manifest manifest, boolean undo) {
        var reply = object.read();
        if (!reply.isSuccess()) {
            return new Trial.Failed(LiveObject.refusal(reply));
        }
        var live = JsonFields.read(reply.body());
        if (undo && !isOurs(live)) {
            return new Trial.Failed(
                    refused(Reason.DRIFTED, "nothing that kestrel applied is left on it"));
        }
        var kind = manifest.target().kind();
        var drift = Drift.objection(manifest, ObjectRedaction.clean(kind, live));
        if (drift.isPresent()) {
            return new Trial.Failed(drift.get());
        }
        return dryRun(object, manifest, live.at("metadata", "resourceVersion").text());
    }

    /** Without force first: only then does the API server say whose fields they are. */
    private static Trial dryRun(LiveObject object, Manifest manifest, String version) {
        var reply = object.tryOut(false);
        var owners = Takeover.managers(reply.causes());
        if (Takeover.isAllowed(owners, manifest)) {
            reply = object.tryOut(true);
        }
        return reply.isSuccess()
                ? new Trial.Passed(
                        ObjectRedaction.clean(
                                manifest.target().kind(), JsonFields.read(reply.body())),
                        version,
                        owners)
                : new Trial.Failed(LiveObject.refusal(reply));
    }

    private static boolean isOurs(Fields live) {
        return live.at("metadata", "managedFields").items().stream()
                .anyMatch(
                        entry ->
                                entry.at("manager").text().equals(LiveObject.MANAGER)
                                        && entry.at("operation").text().equals("Apply"));
    }

    private static Outcome reached(Supplier<Outcome> ask) {
        try {
            return ask.get();
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            return refused(
                    Reason.UNREACHABLE,
                    "the API server could not be asked: " + cause.getClass().getSimpleName());
        }
    }

    private static Refused refused(Reason reason, String detail) {
        return new Refused(reason, detail, List.of());
    }

    /** What everything before the apply came to. */
    private sealed interface Trial {
        /**
         * It may be applied.
         *
         * @param object as it would be
         * @param version of the object that was looked at
         */
        record Passed(Fields object, String version, List<String> takesOverFrom) implements Trial {}

        record Failed(Refused why) implements Trial {}
    }
}
