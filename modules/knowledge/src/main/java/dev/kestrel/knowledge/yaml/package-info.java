/** Reads YAML as trees that remember file and line of everything, so complaints can name it. */
@NullMarked
package dev.kestrel.knowledge.yaml;

import org.jspecify.annotations.NullMarked;
