package dev.kestrel.protocol;

import com.google.protobuf.UnsafeByteOperations;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.protocol.wire.v1.Apply;
import dev.kestrel.protocol.wire.v1.CancelInvestigation;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.DryRun;
import dev.kestrel.protocol.wire.v1.Investigate;
import dev.kestrel.protocol.wire.v1.Undo;

/** Writes a command as the message that goes down a control stream. */
public final class CommandToWire {
    private CommandToWire() {}

    public static ControlDown write(Command command) {
        var down = ControlDown.newBuilder();
        return switch (command) {
            case Command.Investigate ask -> down.setInvestigate(investigate(ask)).build();
            case Command.CancelInvestigation cancel ->
                    down.setCancelInvestigation(CancelInvestigation.newBuilder().setId(cancel.id()))
                            .build();
            case Command.DryRun dryRun ->
                    down.setDryRun(
                                    DryRun.newBuilder()
                                            .setId(dryRun.id())
                                            .setManifest(manifest(dryRun.manifest())))
                            .build();
            case Command.Apply apply -> down.setApply(apply(apply)).build();
            case Command.Undo undo -> down.setUndo(undo(undo)).build();
        };
    }

    private static Investigate investigate(Command.Investigate ask) {
        return Investigate.newBuilder()
                .setId(ask.id())
                .setTool(ask.question().tool())
                .putAllArguments(ask.question().arguments())
                .setTimeoutMillis(Math.toIntExact(ask.timeout().toMillis()))
                .build();
    }

    private static Apply apply(Command.Apply apply) {
        return Apply.newBuilder()
                .setId(apply.id())
                .setManifest(manifest(apply.manifest()))
                .setApprovedBy(apply.approvedBy())
                .setExpiresAt(WireTime.wire(apply.expiresAt()))
                .build();
    }

    private static Undo undo(Command.Undo undo) {
        return Undo.newBuilder()
                .setId(undo.id())
                .setApplyId(undo.applyId())
                .setManifest(manifest(undo.manifest()))
                .setExpiresAt(WireTime.wire(undo.expiresAt()))
                .build();
    }

    private static dev.kestrel.protocol.wire.v1.Manifest manifest(Manifest manifest) {
        return dev.kestrel.protocol.wire.v1.Manifest.newBuilder()
                .setTarget(OutwardSignals.ref(manifest.target()))
                .setApiVersion(manifest.apiVersion())
                .setJson(UnsafeByteOperations.unsafeWrap(ObjectJson.write(manifest.fields())))
                .setDigest(manifest.digest())
                .setExpectedUid(manifest.expectedUid())
                .putAllExpectedValues(manifest.expectedValues())
                .addAllTakeOver(manifest.takeOver())
                .build();
    }
}
