package dev.kestrel.operator.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** No value below is real; the parts that scanners look for are put together here. */
final class TextRedactionTest {
    private static final String JWT =
            "eyJhbGciOiJIUzI1NiJ9"
                    + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0"
                    + ".dozjgNryP4J3jVmNHl0w5N_XgL0";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connecting to postgres://app:s3cr3t@db.shop:5432/cart | connecting to postgres://[redacted:credentials]@db.shop:5432/cart
                    mongodb+srv://root:p/w@rd@mongo.db/admin failed | mongodb+srv://[redacted:credentials]@mongo.db/admin failed
                    redis://:hunter2@cache:6379 | redis://[redacted:credentials]@cache:6379
                    GET https://user:pass@registry.shop/v2/ 401 | GET https://[redacted:credentials]@registry.shop/v2/ 401
                    Authorization: Bearer abcDEF123456.xyz | Authorization: [redacted:header]
                    cookie=session-abc123; path=/ | cookie=[redacted:header]
                    sent bearer a1b2c3d4e5f6 to backend | sent bearer [redacted:credentials] to backend
                    auth Basic dXNlcjpwYXNz== rejected | auth Basic [redacted:credentials] rejected
                    password=hunter2 user=app | password=[redacted:secret] user=app
                    DB_PASSWORD: hunter2 | DB_PASSWORD: [redacted:secret]
                    {"client_secret":"abc def","id":7} | {"client_secret":[redacted:secret],"id":7}
                    {\\"token\\":\\"abc\\"} | {\\"token\\":[redacted:secret]}
                    aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCY | aws_secret_access_key = [redacted:secret]
                    Server=db;User=sa;Password=p@ss;Timeout=5 | Server=db;User=sa;Password=[redacted:secret];Timeout=5
                    --api-key='abc 123' --verbose | --api-key=[redacted:secret] --verbose
                    ?sig=abc%2Fdef&se=2026 | ?sig=[redacted:secret]&se=2026
                    mail to jane.doe+x@example.co.uk bounced | mail to [redacted:email] bounced
                    """)
    void secretsAreTakenOutAndWhatIsAroundThemStays(String line, String redacted) {
        assertThat(TextRedaction.redact(line)).isEqualTo(redacted);
    }

    @Test
    void tokensAreKnownByTheirShapeAlone() {
        assertThat(TextRedaction.redact("got " + JWT + " back"))
                .isEqualTo("got [redacted:jwt] back");
        assertThat(TextRedaction.redact("key AKIA" + "IOSFODNN7EXAMPLE used"))
                .isEqualTo("key [redacted:cloud-key] used");
        assertThat(TextRedaction.redact("push with ghp_" + "a".repeat(36)))
                .isEqualTo("push with [redacted:api-key]");
        assertThat(TextRedaction.redact("xoxb-" + "123456789012-abcdefABCDEF"))
                .isEqualTo("[redacted:api-key]");
        assertThat(TextRedaction.redact("sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"))
                .isEqualTo("[redacted:api-key]");
        assertThat(TextRedaction.redact("AIza" + "SyA1234567890abcdefghijklmnopqrstuv"))
                .isEqualTo("[redacted:cloud-key]");
        assertThat(TextRedaction.redact("https://hooks.slack.com/services/" + "T000/B000/XXXXXXXX"))
                .isEqualTo("https://hooks.slack.com/services/[redacted:webhook]");
    }

    @Test
    void aPrivateKeyIsTakenOutWholeEvenWhenItsEndIsMissing() {
        var begin = "-----BEGIN RSA " + "PRIVATE KEY-----";
        var end = "-----END RSA " + "PRIVATE KEY-----";
        assertThat(TextRedaction.redact("a " + begin + "\nMIIE\nabc\n" + end + " b"))
                .isEqualTo("a [redacted:private-key] b");
        assertThat(TextRedaction.redact("a " + begin + "\nMIIE"))
                .isEqualTo("a [redacted:private-key]");
    }

    @Test
    void aPrivateKeyOverSeveralLinesIsTakenOutLineByLine() {
        var lines = new LineRedaction();
        assertThat(lines.redact("loaded -----BEGIN " + "PRIVATE KEY-----"))
                .isEqualTo("loaded [redacted:private-key]");
        assertThat(lines.redact("MIIEvQIBADANBg")).isEqualTo("[redacted:private-key]");
        assertThat(lines.redact("-----END " + "PRIVATE KEY-----"))
                .isEqualTo("[redacted:private-key]");
        assertThat(lines.redact("listening on :8080")).isEqualTo("listening on :8080");
    }

    @Test
    void aPrivateKeyThatNeverEndsHidesOnlySoManyLines() {
        var lines = new LineRedaction();
        lines.redact("-----BEGIN " + "PRIVATE KEY-----");
        for (int i = 0; i < 200; i++) {
            assertThat(lines.redact("x")).isEqualTo("[redacted:private-key]");
        }
        assertThat(lines.redact("x")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Get \"http://backend/\": context deadline exceeded",
                "dial tcp 10.96.0.10:53: connect: connection refused",
                "Back-off restarting failed container app in pod cart-1_shop(abc)",
                "Error: secret \"db-credentials\" not found",
                "couldn't find key DATABASE_URL in ConfigMap shop/settings",
                "Failed to pull image \"docker.io/library/workload:v11\": rpc error: code ="
                        + " NotFound",
                "image registry.k8s.io/coredns@sha256:" + "abcdef0123456789abcdef0123456789",
                "password authentication failed for user \"app\"",
                "Basic authentication is required",
                "token has expired",
                "0/3 nodes are available: 3 Insufficient memory.",
                "level=error msg=\"listen tcp :8080: bind: address already in use\"",
                "java.lang.OutOfMemoryError: Java heap space",
                "at com.shop.Cart$Item@1f2e3d.price(Cart.java:42)",
                "GET /healthz?verbose=true HTTP/1.1 200"
            })
    void whatExplainsAFailureStays(String line) {
        assertThat(TextRedaction.redact(line)).isEqualTo(line);
    }

    @Test
    void aHostileLineCostsNoMoreThanAnyOther() {
        var begin = System.nanoTime();
        for (var filler :
                new String[] {"a", "@", "://a:", "password", "eyJ.", "=", "-", "\\\"", " "}) {
            TextRedaction.redact(filler.repeat(8192 / filler.length()));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
}
