/** The identity survives a restart and is readable by nobody else. */
@NullMarked
package dev.kestrel.operator.identity;

import org.jspecify.annotations.NullMarked;
