package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that may be a Service's, as configuration writes it: {@code svc}, {@code svc.ns}, {@code
 * svc.ns.svc.cluster.local}, within a URL or before a port.
 *
 * @param namespace empty for the namespace of who names it
 */
record HostName(String name, String namespace) implements Comparable<HostName> {
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;=|\"'()<>\\[\\]{}]+");
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<scheme>[a-z][a-z0-9+.-]*://)?(?:[^@/\\s]*@)?"
                            + "(?<host>[a-z](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9]"
                            + "(?:[-a-z0-9]*[a-z0-9])?)*)\\.?(?<port>:\\d{1,5})?(?:[/?].*)?");

    /** A bare word is a host only where the variable's name says so. */
    private static final Pattern HINT =
            Pattern.compile(
                    ".*(HOST|ADDR|URL|URI|SERVER|SERVICE|ENDPOINT|UPSTREAM|BACKEND|BROKER"
                            + "|TARGET|DNS|PEER|NEEDS|CALL).*");

    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_WORD = 300;
    private static final Comparator<HostName> ORDER =
            Comparator.comparing(HostName::name).thenComparing(HostName::namespace);

    static boolean isHinted(String variable) {
        return HINT.matcher(variable.toUpperCase(Locale.ROOT)).matches();
    }

    /**
     * Names in a text.
     *
     * @param hinted whether a bare word may be one
     */
    static List<HostName> in(String text, boolean hinted) {
        var found = new ArrayList<HostName>();
        if (text.length() <= LONGEST_TEXT) {
            for (var word : BETWEEN.split(text)) {
                var address = ADDRESS.matcher(word);
                if (word.length() <= LONGEST_WORD && address.matches()) {
                    var sure = address.group("scheme") != null || address.group("port") != null;
                    of(address.group("host"), sure || hinted).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static Optional<HostName> of(String host, boolean bareAllowed) {
        var labels = List.of(host.split("\\."));
        var svc = labels.indexOf("svc");
        if (svc >= 2) {
            return Optional.of(new HostName(labels.get(svc - 2), labels.get(svc - 1)));
        }
        return switch (labels.size()) {
            case 1 -> bareAllowed ? Optional.of(new HostName(host, "")) : Optional.empty();
            case 2 -> Optional.of(new HostName(labels.get(0), labels.get(1)));
            default -> Optional.empty();
        };
    }

    ResourceRef service(String own) {
        return new ResourceRef("Service", namespace.isEmpty() ? own : namespace, name);
    }

    @Override
    public int compareTo(HostName other) {
        return ORDER.compare(this, other);
    }
}
