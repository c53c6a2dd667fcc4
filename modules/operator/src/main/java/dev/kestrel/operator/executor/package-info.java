/** Does what the cloud asks, once per command id, within limits of its own. */
@NullMarked
package dev.kestrel.operator.executor;

import org.jspecify.annotations.NullMarked;
