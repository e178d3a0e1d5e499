package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What the comparison of a schema covers besides the objects in the schemas of the spec. A later
 * Job reads the same, and compares the settings with these.
 *
 * @param outside what the migrations make outside the schemas: {@code shop.*} for a schema that
 *     they create, {@code shop} for one that they create and leave empty, {@code public.f(integer)}
 *     for an object in a schema that others created; names as SQL quotes them. Null if there is
 *     nothing
 * @param settings the settings of the database that change what migrations build or what programs
 *     get, by name, long values shortened; a setting that is not set is missing. Null if they are
 *     not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Basis(List<String> outside, Map<String, String> settings) {
  /** Nothing is known. */
  public static final Basis UNKNOWN = new Basis(null, null);
}
