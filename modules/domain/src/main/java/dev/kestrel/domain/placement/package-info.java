/**
 * Which nodes a pod may run on, judged as the scheduler judges: a <em>demand</em> of a pod, the
 * <em>constraints</em> by which a node fails it, and the fewest that would have to give way.
 */
@NullMarked
package dev.kestrel.domain.placement;

import org.jspecify.annotations.NullMarked;
