package dev.kestrel.operator.source.event;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.Observation.EventReported;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.redaction.TextRedaction;
import dev.kestrel.protocol.WireLimits;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a core/v1 Event. Its times and counts stand in different fields, depending on whether it
 * was written by the old or the new library.
 */
public final class EventReading {
    private EventReading() {}

    /**
     * The signal that an event is.
     *
     * @param seenAt when the event itself names no time
     */
    public static Signal read(Fields event, Instant seenAt) {
        var about = event.at("involvedObject");
        var lastAt =
                firstOf(
                                event.at("series", "lastObservedTime"),
                                event.at("lastTimestamp"),
                                event.at("eventTime"),
                                event.at("metadata", "creationTimestamp"))
                        .orElse(seenAt);
        var firstAt =
                firstOf(
                                event.at("firstTimestamp"),
                                event.at("eventTime"),
                                event.at("metadata", "creationTimestamp"))
                        .orElse(lastAt);
        return new Signal(
                lastAt,
                new EventReported(
                        new ResourceRef(
                                about.at("kind").text(),
                                about.at("namespace").text(),
                                about.at("name").text()),
                        about.at("uid").text(),
                        shortened(about.at("fieldPath").text()),
                        event.at("type").text().equals("Warning"),
                        shortened(event.at("reason").text()),
                        cut(TextRedaction.redact(event.at("message").text())),
                        count(event),
                        firstAt,
                        lastAt,
                        reporter(event)));
    }

    private static int count(Fields event) {
        var count = event.at("series", "count").number(event.at("count").number(1));
        return Math.clamp(count, 1, Integer.MAX_VALUE);
    }

    private static String reporter(Fields event) {
        var component = event.at("source", "component").text();
        return shortened(component.isEmpty() ? event.at("reportingComponent").text() : component);
    }

    private static Optional<Instant> firstOf(Fields... times) {
        return Stream.of(times)
                .map(Fields::text)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> parse(text).stream())
                .findFirst();
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String cut(String message) {
        return message.length() <= WireLimits.EVENT_MESSAGE_CHARS
                ? message
                : message.substring(0, WireLimits.EVENT_MESSAGE_CHARS);
    }

    private static String shortened(String text) {
        return text.length() <= WireLimits.SHORT_TEXT_CHARS
                ? text
                : text.substring(0, WireLimits.SHORT_TEXT_CHARS);
    }
}
