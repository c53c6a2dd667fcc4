package dev.kestrel.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The key of the tokens outlives a restart, and only its user may read it. */
class SigningKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path folder;

    @Test
    void theSecondStartFindsTheKeyOfTheFirst() throws Exception {
        var file = folder.resolve("new/key.pem");

        var made = SigningKey.open(file, RANDOM);
        var found = SigningKey.open(file, RANDOM);

        assertThat(found.jwks()).isEqualTo(made.jwks());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoKeyIsRefusedWithWhatToDo() throws Exception {
        var file = Files.writeString(folder.resolve("key.pem"), "not a key");

        assertThatThrownBy(() -> SigningKey.open(file, RANDOM))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("remove it");
    }
}
