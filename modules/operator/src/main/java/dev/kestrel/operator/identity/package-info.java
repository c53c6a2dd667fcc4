/** Who this cluster is to the cloud: a key that never leaves, and certificates for it. */
@NullMarked
package dev.kestrel.operator.identity;

import org.jspecify.annotations.NullMarked;
