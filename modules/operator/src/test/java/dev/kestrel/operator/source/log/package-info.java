/** Which logs are read, and how much of them. */
@NullMarked
package dev.kestrel.operator.source.log;

import org.jspecify.annotations.NullMarked;
