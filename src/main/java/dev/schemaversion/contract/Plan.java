package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * What a sync does, as a plan Job has determined on a clone.
 *
 * @param digest {@code sha256:<hex>} over the current schema and all other fields; it identifies
 *     the plan
 * @param from the current version, or null
 * @param to the version after the sync
 * @param migrations the pending files in their order; the last item may say how many more there are
 * @param count the number of pending migrations and callbacks
 * @param statements the number of SQL statements in them
 * @param appear the number of objects that the sync creates
 * @param change the number of objects that it changes
 * @param go the number of objects that it removes
 * @param objects the first of these objects, printed like a diff and possibly truncated
 * @param destructive the first statements that drop or empty something; null if there is none
 * @param adopted the kinds and names of objects that exist already, created by hand, and that the
 *     pending migrations create too; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record Plan(
    String digest,
    String from,
    String to,
    List<String> migrations,
    int count,
    int statements,
    int appear,
    int change,
    int go,
    List<String> objects,
    List<String> destructive,
    List<String> adopted)
    implements PlanBuilder.With {}
