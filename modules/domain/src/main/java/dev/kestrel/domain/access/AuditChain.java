package dev.kestrel.domain.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * Chains audit entries by hash, so that an entry that was changed, left out or put in between
 * shows.
 */
public final class AuditChain {
    /** The hash before the first entry. */
    public static final String START = "0".repeat(64);

    private AuditChain() {}

    /**
     * The entry that follows; its time is cut to microseconds, which every store can keep.
     *
     * @param previous hash of the entry before, or {@link #START}
     */
    public static AuditLog.Entry next(String tenant, long number, String previous, Deed deed) {
        var kept = deed.at().truncatedTo(ChronoUnit.MICROS);
        var hash =
                hash(
                        previous,
                        List.of(
                                tenant,
                                Long.toString(number),
                                kept.toString(),
                                deed.by(),
                                deed.action(),
                                deed.subject(),
                                deed.detail()));
        return new AuditLog.Entry(
                number, kept, deed.by(), deed.action(), deed.subject(), deed.detail(), hash);
    }

    /** Whether the entry is what {@link #next} would make of its fields. */
    public static boolean follows(String tenant, long number, String previous, AuditLog.Entry it) {
        var deed = new Deed(it.at(), it.by(), it.action(), it.subject(), it.detail());
        return next(tenant, number, previous, deed).equals(it);
    }

    /** What was done, before it has its place in the chain. */
    public record Deed(Instant at, String by, String action, String subject, String detail) {}

    /** Each field is preceded by its length, so that no two lists of fields hash alike. */
    private static String hash(String previous, List<String> fields) {
        var sha = sha256();
        sha.update(previous.getBytes(StandardCharsets.US_ASCII));
        for (var field : fields) {
            var bytes = field.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha.update(bytes);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
