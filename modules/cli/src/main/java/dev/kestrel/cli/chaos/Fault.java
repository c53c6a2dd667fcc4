package dev.kestrel.cli.chaos;

/** What is done to the cloud. */
enum Fault {
    /** A node dies without a word, and is started again. */
    NODE_KILLED,
    /** A node hangs, and goes on as if no time had passed. */
    NODE_HUNG,
    /** One node does not reach PostgreSQL. */
    NODE_WITHOUT_DATABASE,
    /** No node hears another; all reach PostgreSQL. */
    NODES_PARTITIONED,
    /** PostgreSQL dies without a word, and is started again. */
    DATABASE_KILLED
}
