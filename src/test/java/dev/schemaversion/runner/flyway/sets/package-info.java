/**
 * Random migration sets, run by plain Flyway on one database and by the runner on another. Begin
 * with {@link dev.schemaversion.runner.flyway.sets.RandomSetsTest}.
 */
package dev.schemaversion.runner.flyway.sets;
