package dev.kestrel.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

final class IdentityFilesTest {
    @TempDir private Path directory;

    @Test
    void whatWasSavedIsThereAtTheNextStart() throws Exception {
        var files = new IdentityFiles(directory.resolve("identity"));
        assertThat(files.load()).isEmpty();
        var identity = new Identity(SigningRequest.fresh().keyPem(), "chain\n", "trust\n");
        files.save(identity);
        files.save(identity);

        assertThat(files.load()).contains(identity);
        var permissions = Files.getPosixFilePermissions(directory.resolve("identity/identity.pem"));
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }

    @Test
    void aBrokenFileSaysWhatToDo() throws Exception {
        Files.writeString(directory.resolve("identity.pem"), "nonsense");
        Files.writeString(directory.resolve("trust.pem"), "trust");
        assertThatThrownBy(() -> new IdentityFiles(directory).load())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("delete it and give a new join token");
    }
}
