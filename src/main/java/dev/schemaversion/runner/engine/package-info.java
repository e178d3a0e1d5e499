/**
 * What differs between kinds of databases, as the rest of the runner sees it: each kind is an
 * {@link dev.schemaversion.runner.engine.Engine} in a package of its own.
 */
package dev.schemaversion.runner.engine;
