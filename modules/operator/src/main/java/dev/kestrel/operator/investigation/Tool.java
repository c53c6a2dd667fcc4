package dev.kestrel.operator.investigation;

import java.util.List;

/**
 * A read-only tool and its grammar.
 *
 * @param name as a question names it
 * @param parameters everything it understands
 */
record Tool(String name, List<Parameter> parameters) {
    Tool {
        parameters = List.copyOf(parameters);
    }
}
