package dev.kestrel.quality.simulation;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Proxy;

/** Stands in for an interface of Vert.x, so that what is built on it runs on the timeline. */
interface Stand {
    /** Knows nothing: whoever calls it does what the simulation does not expect. */
    Stand NOTHING =
            (_, method, _) -> {
                throw new UnsupportedOperationException(method);
            };

    /** What a method does, by its name. */
    @Nullable Object call(Object self, String method, Object[] arguments);

    /** An object of the type that does as told; equal to itself only. */
    @SuppressWarnings("ReferenceEquality")
    static <T> T in(Class<T> type, Stand stand) {
        return type.cast(
                Proxy.newProxyInstance(
                        Stand.class.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "hashCode" -> System.identityHashCode(self);
                                    case "equals" -> self == arguments[0];
                                    case "toString" -> "a " + type.getSimpleName();
                                    default ->
                                            stand.call(
                                                    self,
                                                    method.getName(),
                                                    arguments == null ? new Object[0] : arguments);
                                }));
    }
}
