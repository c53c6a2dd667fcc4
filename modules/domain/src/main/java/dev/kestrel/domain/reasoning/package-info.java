/**
 * Puts the features together: everything that Kestrel knows and concludes about one cluster, as a
 * deterministic function of its journal.
 */
@NullMarked
package dev.kestrel.domain.reasoning;

import org.jspecify.annotations.NullMarked;
