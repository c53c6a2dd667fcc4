package dev.kestrel.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

class FileCertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");

    @TempDir private Path directory;

    private FileCertificateAuthority open() throws IOException {
        return FileCertificateAuthority.open(
                directory.resolve("ca"), "kestrel", Duration.ofHours(24), new SecureRandom(), NOW);
    }

    @Test
    void itsKeyIsForItsOwnerOnly() throws IOException {
        open();
        assertThat(Files.getPosixFilePermissions(directory.resolve("ca/ca-key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void itIsTheSameAfterARestart() throws IOException {
        assertThat(open().trustBundle()).isEqualTo(open().trustBundle());
    }

    @Test
    void itDoesNotStartWithAKeyThatOthersMayRead() throws IOException {
        open();
        var key = directory.resolve("ca/ca-key.pem");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void theServersKeyIsNotPrinted() throws IOException {
        var identity =
                open().serve(java.util.List.of("localhost", "::1"), NOW)
                        .toCompletableFuture()
                        .join();
        assertThat(identity.toString()).doesNotContain("PRIVATE");
        assertThat(identity.key()).contains("PRIVATE KEY");
    }
}
