package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What pending migrations do to tables that programs use meanwhile, as observed in the rehearsal;
 * one line for each script, table and effect, the worst first, possibly truncated.
 *
 * @param warnings what others may notice, or null
 * @param notes short locks, small tables and advice, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableLocks(List<String> warnings, List<String> notes) {}
