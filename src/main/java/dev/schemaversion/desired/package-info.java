/**
 * What objects look like: names, labels, hashes and the Job of a step. Pure; nothing here talks to
 * a server.
 */
package dev.schemaversion.desired;
