/**
 * The operator's end of the streams: what was seen waits here, numbered, until the cloud says that
 * it is durable; what the cloud asks arrives here.
 */
@NullMarked
package dev.kestrel.operator.link;

import org.jspecify.annotations.NullMarked;
