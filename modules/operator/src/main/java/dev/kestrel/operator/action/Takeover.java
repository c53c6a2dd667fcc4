package dev.kestrel.operator.action;

import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.signal.Fields;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides whose fields may be taken over. A controller would only take them back, so that a forced
 * apply on its object is a fight and not a fix: those are never forced, whatever was approved.
 */
final class Takeover {
    private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]{1,200})\"");

    /** Managers behind which a person sits. */
    private static final Pattern PEOPLE = Pattern.compile("kubectl(-[a-z-]+)?|kestrel");

    private Takeover() {}

    /**
     * Managers that own the fields in conflict, sorted; empty when the causes are of another kind.
     *
     * @param causes {@code details.causes} of the API server's refusal
     */
    static List<String> managers(List<Fields> causes) {
        return causes.stream()
                .filter(Takeover::isConflict)
                .flatMap(cause -> named(cause.at("message").text()))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isConflict(Fields cause) {
        return Stream.of("reason", "type")
                .anyMatch(key -> cause.at(key).text().equals("FieldManagerConflict"));
    }

    /** A message that names nobody is a conflict with somebody unknown, who is never overruled. */
    private static Stream<String> named(String message) {
        var found = MANAGER.matcher(message);
        return found.find() ? Stream.of(found.group(1)) : Stream.of("unknown");
    }

    /** True when all of them may lose their fields to this manifest. */
    static boolean isAllowed(List<String> managers, Manifest manifest) {
        return !managers.isEmpty()
                && managers.stream()
                        .allMatch(
                                manager ->
                                        manifest.takeOver().contains(manager)
                                                && PEOPLE.matcher(manager).matches());
    }
}
