/** Who may do what: <em>tenants</em>, <em>principals</em>, <em>roles</em> and permissions. */
@NullMarked
package dev.kestrel.domain.access;

import org.jspecify.annotations.NullMarked;
