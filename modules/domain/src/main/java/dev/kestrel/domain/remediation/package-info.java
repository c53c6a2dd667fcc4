/**
 * What to do about it: a <em>plan</em> computed from the live object, the person who decides, and
 * the life of the <em>remediation</em> after that.
 */
@NullMarked
package dev.kestrel.domain.remediation;

import org.jspecify.annotations.NullMarked;
