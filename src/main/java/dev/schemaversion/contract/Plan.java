package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * What a sync would do, as it was done on a clone.
 *
 * @param digest {@code sha256:<hex>} over the schema found and all that follows; a plan of another
 *     digest is another plan
 * @param from the present version, or null
 * @param to the version it ends at
 * @param migrations the pending files in their order; the last may say how many more there are
 * @param count how many migrations are pending
 * @param statements how many SQL statements they have
 * @param appear how many objects come into being
 * @param change how many are different afterwards
 * @param go how many are gone afterwards
 * @param objects the first of these objects, printed like a diff and perhaps shortened
 * @param destructive the first statements that drop or empty something; null where none does
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
    List<String> destructive)
    implements PlanBuilder.With {}
