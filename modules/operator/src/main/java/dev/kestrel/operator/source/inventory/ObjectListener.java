package dev.kestrel.operator.source.inventory;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

/** Learns of objects as they change, within the operator; called in order for each object. */
public interface ObjectListener {
    /** Hears nothing. */
    ObjectListener NONE =
            new ObjectListener() {
                @Override
                public void onSeen(ResourceRef ref, Fields object) {}

                @Override
                public void onGone(ResourceRef ref) {}
            };

    void onSeen(ResourceRef ref, Fields object);

    void onGone(ResourceRef ref);
}
