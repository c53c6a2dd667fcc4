package dev.kestrel.protocol.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.protocol.CommandFromWire;
import dev.kestrel.protocol.CommandToWire;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.testkit.hostile.Target;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A command that reaches an operator: it is read or refused as malformed. */
public final class CommandTarget implements Target {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");

    public static void fuzzerTestOneInput(byte[] input) {
        new CommandTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        var fields =
                Fields.of(
                        Map.of(
                                "apiVersion", "apps/v1",
                                "kind", "Deployment",
                                "spec", Map.of("replicas", 2)));
        var manifest =
                new Manifest(
                        new ResourceRef("Deployment", "shop", "web"),
                        "apps/v1",
                        fields,
                        CanonicalJson.digest(fields),
                        "uid-1",
                        Map.of("spec.replicas", "1"),
                        List.of("kubectl"));
        return Stream.of(
                        new Command.Apply("c-1", manifest, "alice", NOW),
                        new Command.DryRun("c-2", manifest),
                        new Command.Undo("c-3", "c-1", manifest, NOW),
                        new Command.Investigate(
                                "c-4",
                                new Question("k8s.logs", Map.of("pod", "web-1")),
                                Duration.ofSeconds(5)),
                        new Command.CancelInvestigation("c-4"))
                .map(command -> CommandToWire.write(command).toByteArray())
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("\u0000", "{}", "null", "[[[[", "\\ud800", "spec.replicas", "a.b[c].d");
    }

    @Override
    public void feed(byte[] input) {
        try {
            var down = ControlDown.parseFrom(input);
            assertThat(CommandFromWire.id(down)).isNotNull();
            CommandFromWire.read(down)
                    .ifPresent(
                            command -> {
                                var again = CommandToWire.write(command);
                                assertThat(CommandFromWire.read(again)).contains(command);
                            });
        } catch (Malformed | InvalidProtocolBufferException refused) {
            assertThat(refused).isNotNull();
        }
    }
}
