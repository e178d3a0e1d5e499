/**
 * Measures how long it takes from applying a release until its program runs, for several ways to
 * migrate its database; {@code make bench} runs it. Begin with {@link
 * dev.schemaversion.e2e.bench.Bench}. What is measured is in {@code timeline}, what is made of it
 * in {@code report}.
 */
package dev.schemaversion.e2e.bench;
