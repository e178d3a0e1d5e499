/** Records what becomes of objects, moment by moment, as a watch and the logs show it. */
package dev.schemaversion.e2e.bench.timeline;
