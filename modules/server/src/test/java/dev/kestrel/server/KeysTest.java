package dev.kestrel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class KeysTest {
    @Test
    void theShippedFileHasTheDefaults() {
        assertThat(Keys.read(List.of(), Map.of(), Map.of()).text("gateway.stream-port"))
                .isEqualTo("9443");
    }

    @Test
    void aFileLiesOverTheDefaultsAndTheEnvironmentOverTheFile(@TempDir Path folder)
            throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("k.yaml"),
                        "gateway:\n  stream-port: 1\n  enrolment-port: 2\n");
        var keys = Keys.read(List.of(file), Map.of("KESTREL_GATEWAY_STREAM_PORT", "3"), Map.of());
        assertThat(keys.section("gateway"))
                .containsEntry("stream-port", "3")
                .containsEntry("enrolment-port", "2");
    }

    @Test
    void everyUnknownKeyIsNamedWithItsSource(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("k.yaml"), "gatway:\n  port: 1\nnodes: 2\n");
        assertThatThrownBy(() -> Keys.read(List.of(file), Map.of(), Map.of()))
                .hasMessageContaining("gatway.port (" + file)
                .hasMessageContaining("nodes (" + file);
    }

    @Test
    void aFileThatIsNoMappingIsRefused(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("k.yaml"), "- a\n");
        assertThatThrownBy(() -> Keys.read(List.of(file), Map.of(), Map.of()))
                .hasMessageContaining("mapping");
    }
}
