/** What may be asked, and what comes of it. */
@NullMarked
package dev.kestrel.operator.investigation;

import org.jspecify.annotations.NullMarked;
