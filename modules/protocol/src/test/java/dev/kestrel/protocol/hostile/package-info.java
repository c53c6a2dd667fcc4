/** Everything that reads the wire, against bytes that no honest peer sends. */
@NullMarked
package dev.kestrel.protocol.hostile;

import org.jspecify.annotations.NullMarked;
