package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;

import java.util.Set;
import java.util.TreeSet;

/**
 * A workload calls the Services that its configuration names: the best that is known of who calls
 * whom where no flows are seen.
 */
final class Calling {
    static final EdgeRule RULE = Calling::derive;

    /** Names that one object may ask about; a template has a handful. */
    private static final int LIMIT = 64;

    private Calling() {}

    private static void derive(KubeObject object, Links links) {
        var template = PodTemplate.of(object);
        if (template.isEmpty()) {
            return;
        }
        var named = new TreeSet<HostName>();
        template.get().containers().forEach(container -> read(container, named));
        named.stream()
                .map(host -> host.service(object.ref().namespace()))
                .distinct()
                .limit(LIMIT)
                .filter(links::exists)
                .forEach(service -> links.add(links.self(), Relation.CALLS, service));
    }

    private static void read(Fields container, Set<HostName> named) {
        for (var variable : container.at("env").items()) {
            var text = variable.at("value").text();
            named.addAll(HostName.in(text, HostName.isHinted(variable.at("name").text())));
        }
        for (var list : new String[] {"command", "args"}) {
            container
                    .at(list)
                    .items()
                    .forEach(text -> named.addAll(HostName.in(text.text(), false)));
        }
    }
}
