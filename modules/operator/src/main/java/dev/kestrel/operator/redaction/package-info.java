/**
 * Takes out what must never leave the cluster: secrets in text, and secret or voluminous parts of
 * objects. Rather too much than too little; names of things always stay.
 */
@NullMarked
package dev.kestrel.operator.redaction;

import org.jspecify.annotations.NullMarked;
