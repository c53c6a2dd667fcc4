package dev.kestrel.store.postgres;

import io.vertx.pgclient.PgConnectOptions;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The login of the application's role where none was configured. Its password follows from the
 * owner's, so that all nodes know it and nobody has to keep it.
 */
public final class ApplicationRole {
    private static final String NAME = "kestrel_app";

    private ApplicationRole() {}

    public static PgConnectOptions of(PgConnectOptions owner) {
        return new PgConnectOptions(owner).setUser(NAME).setPassword(derive(owner.getPassword()));
    }

    private static String derive(String password) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            var key = password.isEmpty() ? NAME : password;
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(NAME.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
