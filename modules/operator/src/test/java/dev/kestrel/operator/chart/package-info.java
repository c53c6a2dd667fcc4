/** What the Helm chart promises: what it lets the operator do in a cluster, and nothing beyond. */
@NullMarked
package dev.kestrel.operator.chart;

import org.jspecify.annotations.NullMarked;
