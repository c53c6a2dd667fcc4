package dev.kestrel.operator.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Keeps the identity in a directory, readable by this user only. Key and certificate stand in one
 * file, so that a crash can never leave one without the other.
 */
public final class IdentityFiles {
    private static final String KEY_END = "-----END PRIVATE KEY-----\n";

    private final Path directory;

    /**
     * @param directory made when it does not exist
     */
    public IdentityFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * What an earlier start left; empty when there is nothing.
     *
     * @throws UncheckedIOException when it is there and cannot be read
     */
    public Optional<Identity> load() {
        var identity = directory.resolve("identity.pem");
        var trust = directory.resolve("trust.pem");
        if (!Files.exists(identity) || !Files.exists(trust)) {
            return Optional.empty();
        }
        try {
            var pem = Files.readString(identity);
            var split = pem.indexOf(KEY_END);
            if (split < 0) {
                throw new IOException(
                        identity + " holds no private key; delete it and give a new join token");
            }
            var chain = split + KEY_END.length();
            return Optional.of(
                    new Identity(
                            pem.substring(0, chain),
                            pem.substring(chain),
                            Files.readString(trust)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Keeps the identity for the next start.
     *
     * @throws UncheckedIOException when the directory cannot be written
     */
    public void save(Identity identity) {
        try {
            Files.createDirectories(directory);
            write("trust.pem", identity.trustPem());
            write("identity.pem", identity.keyPem() + identity.chainPem());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep the identity in " + directory + "; mount a writable directory", e);
        }
    }

    private void write(String name, String content) throws IOException {
        var fresh = directory.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, content);
        var place = directory.resolve(name);
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
