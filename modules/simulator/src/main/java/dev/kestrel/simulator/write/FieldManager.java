package dev.kestrel.simulator.write;

/**
 * Who writes fields, and how.
 *
 * @param apply whether by server-side apply
 * @param subresource empty for the object itself
 */
public record FieldManager(String name, boolean apply, String subresource) {
    public static FieldManager update(String name) {
        return new FieldManager(name, false, "");
    }

    public static FieldManager status(String name) {
        return new FieldManager(name, false, "status");
    }

    public static FieldManager apply(String name) {
        return new FieldManager(name, true, "");
    }
}
