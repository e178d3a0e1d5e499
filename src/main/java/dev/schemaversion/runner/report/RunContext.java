package dev.schemaversion.runner.report;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.Target;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * What all parts of one run share.
 *
 * @param request what the run is asked to do
 * @param engine the kind of database
 * @param target the database, and the user to connect as
 * @param session the session that holds the run lock; it never has a transaction open
 * @param sessions opens further sessions on the same database
 * @param shutdown whether the run has to end early
 * @param report collects what the run finds out
 * @param log the pod's log
 */
public record RunContext(
    RunRequest request,
    Engine engine,
    Target target,
    Connection session,
    DataSource sessions,
    Shutdown shutdown,
    ReportDraft report,
    Log log) {}
