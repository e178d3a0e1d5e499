/** Turns measurements into figures, tables, JSON and a plot. Pure, except for the files. */
package dev.schemaversion.e2e.bench.report;
