/**
 * {@code kestrel bench}: what a node costs, measured on this machine. Every figure says how it is
 * defined, because a benchmark is only as good as that.
 */
@NullMarked
package dev.kestrel.cli.bench;

import org.jspecify.annotations.NullMarked;
