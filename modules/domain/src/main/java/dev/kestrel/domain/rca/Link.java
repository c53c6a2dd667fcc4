package dev.kestrel.domain.rca;

/**
 * One effect rule between two concrete resources.
 *
 * @param share of one observation that what follows counts; below 1 where the rule reaches many
 *     alike resources
 */
record Link(StateAt from, StateAt to, Effect effect, double share) {}
