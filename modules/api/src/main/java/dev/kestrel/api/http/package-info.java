/**
 * What every operation shares: its <em>call</em>, its <em>reply</em>, and the <em>problem</em> it
 * answers with.
 */
@NullMarked
package dev.kestrel.api.http;

import org.jspecify.annotations.NullMarked;
