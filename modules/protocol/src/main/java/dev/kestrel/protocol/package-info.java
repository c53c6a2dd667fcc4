/**
 * The mapping between what travels (generated in {@code wire.v1}) and what is meant ({@code
 * dev.kestrel.domain}): one class per direction, exhaustive, refusing what it does not know.
 */
@NullMarked
package dev.kestrel.protocol;

import org.jspecify.annotations.NullMarked;
