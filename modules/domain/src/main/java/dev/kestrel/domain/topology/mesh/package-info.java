/** What a service mesh (Istio) demands of calls, computed from its objects as the mesh does it. */
@NullMarked
package dev.kestrel.domain.topology.mesh;

import org.jspecify.annotations.NullMarked;
