/** Services that lead nowhere. One file per detector. */
@NullMarked
package dev.kestrel.domain.detection.service;

import org.jspecify.annotations.NullMarked;
