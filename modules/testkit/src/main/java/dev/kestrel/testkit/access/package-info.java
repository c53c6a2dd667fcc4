/** Tenants' clusters, users and audit log in memory, and what every keeper of them must do. */
@NullMarked
package dev.kestrel.testkit.access;

import org.jspecify.annotations.NullMarked;
