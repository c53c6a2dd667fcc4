/** The operator's end of the streams, against a cloud that speaks the real wire. */
@NullMarked
package dev.kestrel.operator.link;

import org.jspecify.annotations.NullMarked;
