/** What the nodes of one cloud agree on: who is called what, and which keys are the cloud's. */
@NullMarked
package dev.kestrel.store.node;

import org.jspecify.annotations.NullMarked;
