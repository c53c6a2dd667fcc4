package dev.kestrel.api.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The RSA key that access tokens are signed with, kept in a file that only its user may read. Nodes
 * of one cloud share the file.
 */
public final class SigningKey {
    private static final int BITS = 2048;

    private final RSAPrivateCrtKey key;

    private SigningKey(RSAPrivateCrtKey key) {
        this.key = key;
    }

    /**
     * Reads the key, or makes one where there is none. Blocks.
     *
     * @throws IllegalStateException when the file holds something else
     */
    public static SigningKey open(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                create(file, random);
            }
            var bytes = Base64.getMimeDecoder().decode(body(Files.readString(file)));
            return new SigningKey(
                    (RSAPrivateCrtKey)
                            KeyFactory.getInstance("RSA")
                                    .generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException("the token key cannot be read or written: " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw new IllegalStateException(
                    "%s is not an RSA key in PEM: remove it, and a new one is made; everyone signs in again"
                            .formatted(file),
                    e);
        }
    }

    private static void create(Path file, SecureRandom random)
            throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS, random);
        var pem =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
        Files.createDirectories(
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a key is in a folder"));
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, pem);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String body(String pem) {
        return pem.replaceAll("-----[A-Z ]+-----", "").strip();
    }

    /** For signing: with the private members. */
    JsonObject privateJwk() {
        return publicJwk()
                .put("d", number(key.getPrivateExponent()))
                .put("p", number(key.getPrimeP()))
                .put("q", number(key.getPrimeQ()))
                .put("dp", number(key.getPrimeExponentP()))
                .put("dq", number(key.getPrimeExponentQ()))
                .put("qi", number(key.getCrtCoefficient()));
    }

    private JsonObject publicJwk() {
        return new JsonObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", id())
                .put("n", number(key.getModulus()))
                .put("e", number(key.getPublicExponent()));
    }

    /** The key set that others check tokens with. */
    public String jwks() {
        return new JsonObject().put("keys", new JsonArray().add(publicJwk())).encode();
    }

    /** Which key it is; says nothing about the key itself. */
    public String id() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(key.getModulus().toByteArray());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String number(BigInteger number) {
        var bytes = number.toByteArray();
        var skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(bytes, skip, bytes.length));
    }
}
