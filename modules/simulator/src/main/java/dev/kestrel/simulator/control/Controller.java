package dev.kestrel.simulator.control;

/** Looks at the objects as they are and takes one step towards what is asked of them. */
public interface Controller {
    /** Called once per tick; must be harmless when nothing is to be done. */
    void reconcile();
}
