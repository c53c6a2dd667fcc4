/**
 * Why it happened: <em>mechanisms</em>, <em>hypotheses</em> and the <em>diagnosis</em> they are
 * weighed into, with its chain of evidence.
 */
@NullMarked
package dev.kestrel.domain.rca;

import org.jspecify.annotations.NullMarked;
