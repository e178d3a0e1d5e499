/** Keeps a program from ever running on a database schema it does not fit. */
package dev.schemaversion;
