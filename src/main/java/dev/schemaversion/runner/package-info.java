/**
 * The process in the pod of a Job. It knows nothing of Kubernetes: its input is an environment
 * variable and files, its output a report file and an exit code. Begin with {@link
 * dev.schemaversion.runner.Runner}, which connects, takes the run lock and executes a step.
 */
package dev.schemaversion.runner;
