/**
 * The composition root of the cloud: reads the configuration, builds every part and plugs them
 * together.
 */
@NullMarked
package dev.kestrel.server;

import org.jspecify.annotations.NullMarked;
