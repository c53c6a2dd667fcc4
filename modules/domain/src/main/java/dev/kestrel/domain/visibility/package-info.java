/**
 * Decides how much of a cluster Kestrel can see, so that silence of a blind source never reads as
 * health.
 */
@NullMarked
package dev.kestrel.domain.visibility;

import org.jspecify.annotations.NullMarked;
