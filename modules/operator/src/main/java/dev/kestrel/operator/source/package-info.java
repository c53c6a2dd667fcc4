/** What every telemetry source is to the rest of the operator: it gives signals and its status. */
@NullMarked
package dev.kestrel.operator.source;

import org.jspecify.annotations.NullMarked;
