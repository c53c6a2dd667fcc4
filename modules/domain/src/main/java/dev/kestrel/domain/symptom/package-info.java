/**
 * Decides when an abnormal state is worth believing: the life of a <em>symptom</em> from pending to
 * cleared, and why it was voided.
 */
@NullMarked
package dev.kestrel.domain.symptom;

import org.jspecify.annotations.NullMarked;
