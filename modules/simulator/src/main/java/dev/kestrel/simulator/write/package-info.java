/** Decides what a write makes of an object: defaults, validation, admission, field ownership. */
@NullMarked
package dev.kestrel.simulator.write;

import org.jspecify.annotations.NullMarked;
