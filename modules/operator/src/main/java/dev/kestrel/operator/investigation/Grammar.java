package dev.kestrel.operator.investigation;

import dev.kestrel.domain.investigation.Question;
import dev.kestrel.operator.kube.Kinds;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Decides whether a question may be asked here, whatever the cloud thought of it. */
final class Grammar {
    private Grammar() {}

    /** The question with its defaults filled in, or why it may not be asked. */
    static Verdict check(Question question) {
        var tool =
                Tools.ALL.stream()
                        .filter(known -> known.name().equals(question.tool()))
                        .findFirst();
        if (tool.isEmpty()) {
            return new Verdict.Refused("there is no such tool here");
        }
        var arguments = new TreeMap<String, String>();
        for (var parameter : tool.get().parameters()) {
            var given = question.arguments().get(parameter.name());
            if (given == null && parameter.required()) {
                return new Verdict.Refused("argument " + parameter.name() + " is missing");
            }
            if (given != null && !parameter.allows(given)) {
                return new Verdict.Refused(
                        "argument " + parameter.name() + " does not match its grammar");
            }
            arguments.put(parameter.name(), given == null ? parameter.otherwise() : given);
        }
        for (var name : question.arguments().keySet()) {
            if (!arguments.containsKey(name)) {
                return new Verdict.Refused("an argument is not known to " + question.tool());
            }
        }
        return kinds(tool.get(), arguments);
    }

    /** Kinds are a closed list, and Secret is not on it. */
    private static Verdict kinds(Tool tool, Map<String, String> arguments) {
        var kind = arguments.getOrDefault("kind", "");
        if (tool.equals(Tools.EVENTS) || !arguments.containsKey("kind")) {
            return new Verdict.Allowed(tool, Collections.unmodifiableMap(arguments));
        }
        var known = Kinds.named(kind);
        if (known.isEmpty()) {
            return new Verdict.Refused("objects of this kind are not read here");
        }
        if (tool.equals(Tools.GET)
                && known.get().namespaced() == arguments.getOrDefault("namespace", "").isEmpty()) {
            return new Verdict.Refused(
                    known.get().namespaced()
                            ? "argument namespace is missing"
                            : "objects of this kind have no namespace");
        }
        return new Verdict.Allowed(tool, Collections.unmodifiableMap(arguments));
    }

    /** Whether a question may be asked. */
    sealed interface Verdict {
        /**
         * It may.
         *
         * @param arguments one for each parameter
         */
        record Allowed(Tool tool, Map<String, String> arguments) implements Verdict {
            String argument(String name) {
                return arguments.getOrDefault(name, "");
            }
        }

        record Refused(String why) implements Verdict {}
    }
}
