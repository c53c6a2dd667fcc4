/**
 * What a pod template asks for, and whether that is there: the <em>probe</em> of a container and
 * the ports it declares, a <em>reference</em> to a key of a ConfigMap and the keys there are.
 */
@NullMarked
package dev.kestrel.domain.template;

import org.jspecify.annotations.NullMarked;
