/** Signing in, tokens and passwords; clusters and the audit log. */
@NullMarked
package dev.kestrel.api.access;

import org.jspecify.annotations.NullMarked;
