/**
 * The interfaces to a database engine, and the types that all engines share. Each engine implements
 * {@link dev.schemaversion.runner.engine.Engine} in its own package. Begin with that interface.
 */
package dev.schemaversion.runner.engine;
