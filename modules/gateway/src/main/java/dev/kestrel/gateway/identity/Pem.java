package dev.kestrel.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text form of keys and certificates. */
final class Pem {
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    static String write(String label, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, LINES.encodeToString(der), label)
                .replace("\r", "");
    }

    /**
     * @throws IllegalArgumentException when the text is no PEM
     */
    static byte[] read(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
