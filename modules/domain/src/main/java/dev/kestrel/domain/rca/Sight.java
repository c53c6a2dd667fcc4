package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;

/**
 * What is known of a state of a resource.
 *
 * @param reliability of an absence, 0..1
 */
record Sight(Seen seen, double reliability) {
    static final Sight CAUSE = new Sight(Seen.CAUSE, 0);
    static final Sight LATENT = new Sight(Seen.LATENT, 0);
    static final Sight PRESENT = new Sight(Seen.PRESENT, 1);
}
