/** Proves that real clients work against the API. */
@NullMarked
package dev.kestrel.simulator.api;

import org.jspecify.annotations.NullMarked;
