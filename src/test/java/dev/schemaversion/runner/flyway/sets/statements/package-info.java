/**
 * Random statements that build on each other. Begin with {@link
 * dev.schemaversion.runner.flyway.sets.statements.Statements}.
 */
package dev.schemaversion.runner.flyway.sets.statements;
