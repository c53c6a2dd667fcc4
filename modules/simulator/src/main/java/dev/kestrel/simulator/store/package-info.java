/** Keeps every object and the history of changes, numbered by resource version, as etcd does. */
@NullMarked
package dev.kestrel.simulator.store;

import org.jspecify.annotations.NullMarked;
