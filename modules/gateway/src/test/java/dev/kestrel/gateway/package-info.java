/** The gateway as its clients meet it: real TLS, real HTTP/2, a scripted owner behind it. */
@NullMarked
package dev.kestrel.gateway;

import org.jspecify.annotations.NullMarked;
