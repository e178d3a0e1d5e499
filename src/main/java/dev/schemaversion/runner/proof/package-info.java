/**
 * Claim, replay, compare: whether a schema is that of the version it is said to be, and the scratch
 * server on which that is found out.
 */
package dev.schemaversion.runner.proof;
