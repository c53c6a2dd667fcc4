/**
 * Turns observations into <em>samples</em> of symptoms: is this abnormal state present on this
 * resource, yes or no. One file per <em>detector</em>.
 */
@NullMarked
package dev.kestrel.domain.detection;

import org.jspecify.annotations.NullMarked;
