package dev.kestrel.cli.bench;

/** How a benchmark prints what it measured. */
enum Output {
    TEXT,
    JSON
}
