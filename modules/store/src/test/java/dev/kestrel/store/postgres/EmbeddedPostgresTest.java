package dev.kestrel.store.postgres;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.store.OwnDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** A database that comes with the product and keeps what it was told. */
class EmbeddedPostgresTest {
    @TempDir private Path directory;

    @Test
    void whatWasKeptIsThereAfterARestart() {
        String tenant;
        try (var server = start()) {
            tenant = OwnDatabase.newTenant(OwnDatabase.open(server.url("kestrel")));
        }

        try (var server = start()) {
            var found =
                    await(
                            OwnDatabase.open(server.url("kestrel"))
                                    .users()
                                    .findByEmail("founder@" + tenant + ".test"));

            assertThat(found.orElseThrow().principal().tenant()).isEqualTo(tenant);
        }
    }

    @Test
    void aDirectoryInUseIsRefused() {
        try (var server = start()) {
            assertThat(server.url("kestrel")).startsWith("postgresql://");

            assertThatThrownBy(this::start)
                    .hasMessageContaining("another")
                    .hasMessageContaining(directory.toString());
        }
    }

    @Test
    void aServerThatOutlivedItsParentIsStoppedFirst() throws Exception {
        long orphan;
        try (var server = start()) {
            orphan =
                    Long.parseLong(
                            Files.readAllLines(directory.resolve("data/postmaster.pid"))
                                    .getFirst());
            assertThat(ProcessHandle.of(orphan)).isPresent();
            EmbeddedPostgres.stopOrphan(directory.resolve("data"));

            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(server).isNotNull();
        }
        try (var server = start()) {
            assertThat(server.url("kestrel")).isNotBlank();
        }
    }

    @Test
    void nobodyGetsInWithoutThePasswordAndOnlyTheUserMayReadIt() throws Exception {
        try (var server = start()) {
            var stranger = server.url("kestrel").replaceFirst(":[0-9a-f]{64}@", ":wrong@");

            assertThatThrownBy(() -> OwnDatabase.connectAsOwner(stranger))
                    .hasMessageContaining("password authentication failed");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(directory, OwnDatabase.BINARIES, new SecureRandom());
    }
}
