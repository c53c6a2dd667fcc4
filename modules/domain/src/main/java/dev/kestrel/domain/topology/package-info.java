/**
 * What the cluster is made of and how it hangs together: <em>resources</em>, <em>edges</em> between
 * them, and the <em>changes</em> they went through.
 */
@NullMarked
package dev.kestrel.domain.topology;

import org.jspecify.annotations.NullMarked;
