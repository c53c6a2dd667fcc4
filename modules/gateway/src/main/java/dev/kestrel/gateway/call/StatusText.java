package dev.kestrel.gateway.call;

import java.nio.charset.StandardCharsets;

/** The percent encoding that gRPC asks for in {@code grpc-message}. */
final class StatusText {
    private StatusText() {}

    static String encode(String text) {
        var out = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                out.append((char) b);
            } else {
                out.append("%%%02X".formatted(b & 0xff));
            }
        }
        return out.toString();
    }
}
