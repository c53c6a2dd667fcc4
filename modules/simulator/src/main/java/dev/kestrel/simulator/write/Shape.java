package dev.kestrel.simulator.write;

import java.util.List;
import java.util.Map;

/** How one value of an object is built, and so how two writers of it are merged. */
sealed interface Shape {
    /** A single value of one of the JSON types. */
    record Scalar(Type type) implements Shape {}

    /** Fixed fields, owned one by one unless atomic. */
    record Struct(Map<String, Shape> fields, boolean atomic) implements Shape {}

    /** Free keys, owned one by one unless atomic. */
    record MapOf(Shape element, boolean atomic) implements Shape {}

    /** A list that has one owner as a whole. */
    record ListOf(Shape element) implements Shape {}

    /** A list whose items are told apart by key fields, and owned one by one. */
    record Associative(Shape element, List<String> keys, Map<String, String> defaults)
            implements Shape {}

    /** A list of values that stand for themselves. */
    record SetOf(Shape element) implements Shape {}

    /** A type defined elsewhere in the schema; types refer to themselves. */
    record Named(String name) implements Shape {}

    /** What a scalar may be; ANY is also a number or a text. */
    enum Type {
        TEXT,
        NUMBER,
        TRUTH,
        ANY
    }
}
