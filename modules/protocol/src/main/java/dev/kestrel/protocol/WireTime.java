package dev.kestrel.protocol;

import com.google.protobuf.Timestamp;

import java.time.Instant;

/** Points in time, as they travel. */
public final class WireTime {
    private WireTime() {}

    /** For the wire. */
    public static Timestamp wire(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /**
     * From the wire.
     *
     * @throws Malformed when it is outside of the years 1 to 9999
     */
    public static Instant instant(Timestamp timestamp) {
        var seconds = timestamp.getSeconds();
        if (seconds < -62_135_596_800L
                || seconds > 253_402_300_799L
                || timestamp.getNanos() < 0
                || timestamp.getNanos() > 999_999_999) {
            throw new Malformed(
                    Malformed.Reason.UNDECODABLE, "no point in time: " + seconds + " s");
        }
        return Instant.ofEpochSecond(seconds, timestamp.getNanos());
    }
}
