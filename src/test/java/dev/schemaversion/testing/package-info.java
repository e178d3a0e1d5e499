/** What tests of several packages need. */
package dev.schemaversion.testing;
