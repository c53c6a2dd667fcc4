/** Journal and owners in memory, and what every journal and every keeper of owners must do. */
@NullMarked
package dev.kestrel.testkit.signal;

import org.jspecify.annotations.NullMarked;
