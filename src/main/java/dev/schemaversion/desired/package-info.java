/**
 * Builds the desired objects: names, labels, digests and the Job of a step. Pure functions; nothing
 * here accesses the network. Begin with {@link dev.schemaversion.desired.JobFactory}.
 */
package dev.schemaversion.desired;
