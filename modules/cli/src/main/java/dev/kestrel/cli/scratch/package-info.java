/** Folders that commands fill anew at each start. */
@NullMarked
package dev.kestrel.cli.scratch;

import org.jspecify.annotations.NullMarked;
