/**
 * {@code kestrel bench chaos}: real nodes, a real PostgreSQL and operators under load, while nodes
 * are killed and hung and connections are cut; then the journal is compared with what was
 * acknowledged.
 */
@NullMarked
package dev.kestrel.cli.chaos;

import org.jspecify.annotations.NullMarked;
