/**
 * Who a connection belongs to: join tokens become certificates, certificates become <em>peers</em>,
 * and revoked ones lose their connections.
 */
@NullMarked
package dev.kestrel.gateway.identity;

import org.jspecify.annotations.NullMarked;
