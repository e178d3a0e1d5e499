/**
 * The process in the Job's pod. The only package that knows Flyway and JDBC, and it knows nothing
 * of Kubernetes: its inputs are an environment variable and files, its results a file and an exit
 * code.
 */
package dev.schemaversion.runner;
