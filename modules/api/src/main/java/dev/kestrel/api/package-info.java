/** The cloud's interface for people and programs: REST, the live feed and the dashboard. */
@NullMarked
package dev.kestrel.api;

import org.jspecify.annotations.NullMarked;
