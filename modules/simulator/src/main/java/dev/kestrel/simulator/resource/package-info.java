/** What an API object is: its type, its key, its JSON, and how selectors and quantities read it. */
@NullMarked
package dev.kestrel.simulator.resource;

import org.jspecify.annotations.NullMarked;
