/**
 * The event bus: every <em>topic</em>, its codec, and who may be asked. No other module spells an
 * address.
 */
@NullMarked
package dev.kestrel.bus;

import org.jspecify.annotations.NullMarked;
