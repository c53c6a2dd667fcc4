/**
 * Checks packs before anybody relies on them: that they say what their examples expect, and that
 * what they name can be told apart.
 */
@NullMarked
package dev.kestrel.knowledge.lint;

import org.jspecify.annotations.NullMarked;
