/** The live feed: a snapshot and then revisions, to every dashboard that watches a tenant. */
@NullMarked
package dev.kestrel.api.live;

import org.jspecify.annotations.NullMarked;
