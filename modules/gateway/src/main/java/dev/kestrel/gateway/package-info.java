/**
 * Where operators meet the cloud: the enrolment port, the stream port, and what is allowed on them.
 */
@NullMarked
package dev.kestrel.gateway;

import org.jspecify.annotations.NullMarked;
