/**
 * What operator and runner agree on: the request a Job carries, where its inputs are mounted, its
 * exit codes and its report. Both sides come from one image, so the two cannot skew.
 */
package dev.schemaversion.contract;
