/**
 * What happens next: {@code Observed → Decision}. Pure, time is passed in; nothing here talks to a
 * server.
 */
package dev.schemaversion.decide;
