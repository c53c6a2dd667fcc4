/**
 * Proves the whole way through, as a person goes it: from a fault in a simulated cluster to the fix
 * that they approved in a browser, against the cloud as it is shipped.
 */
@NullMarked
package dev.kestrel.quality.endtoend;

import org.jspecify.annotations.NullMarked;
