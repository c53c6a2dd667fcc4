/** The {@code kestrel} commands. */
@NullMarked
package dev.kestrel.cli;

import org.jspecify.annotations.NullMarked;
