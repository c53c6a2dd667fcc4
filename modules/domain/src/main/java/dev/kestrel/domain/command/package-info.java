/**
 * What the cloud asks a cluster to do: a <em>command</em>, how handing it over ended (its
 * <em>dispatch</em>), and what it did (its <em>outcome</em>).
 */
@NullMarked
package dev.kestrel.domain.command;

import org.jspecify.annotations.NullMarked;
