package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a run does at the moment. The runner serves it as JSON while it runs, see {@link
 * Mounts#PROGRESS_PORT}. It only informs: the result of a run is its {@link Report}.
 *
 * @param job the name of the Job; null before the request is read
 * @param revision increases with each change, from 0
 * @param activity what the run does, as a short text such as {@code V9__name.sql: running}
 * @param script the number of the script in the activity, counted from 1; null for other activities
 * @param scripts the number of scripts to run; null for other activities
 * @param since when the activity began, as an ISO-8601 instant
 * @param waitingFor the database sessions for which the run waits, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(
    String job,
    long revision,
    String activity,
    Integer script,
    Integer scripts,
    String since,
    String waitingFor) {}
