/**
 * The controllers: each looks at the objects as they are and takes one step towards what is asked.
 */
@NullMarked
package dev.kestrel.simulator.control;

import org.jspecify.annotations.NullMarked;
