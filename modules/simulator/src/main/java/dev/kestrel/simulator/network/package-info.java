/** Names, Services and endpoints as a caller inside the cluster experiences them. */
@NullMarked
package dev.kestrel.simulator.network;

import org.jspecify.annotations.NullMarked;
