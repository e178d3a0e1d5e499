/**
 * What running Jobs do at the moment, read from their pods over HTTP. It is shown in the status and
 * nothing is decided by it. Begin with {@link dev.schemaversion.operator.progress.ProgressReader}.
 */
package dev.schemaversion.operator.progress;
