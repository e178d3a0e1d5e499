/**
 * Limits how many Jobs run at the same time: in all, in a namespace and on a database server. Only
 * the creation of a Job waits; a Job that exists is never delayed. Begin with {@link
 * dev.schemaversion.operator.queue.JobQueue}.
 */
package dev.schemaversion.operator.queue;
