package dev.kestrel.domain.rca;

/**
 * One effect rule between two concrete resources.
 *
 * @param share of one observation that what follows counts; below 1 where the rule reaches many
 *     alike resources
 * @param loud the resource it reaches has symptoms; alike are those that have, and those that have
 *     not
 */
record Link(StateAt from, StateAt to, Effect effect, double share, boolean loud) {}
