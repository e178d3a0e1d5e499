package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The user's migration tool. The texts may have the variables that {@code spec.migrations.command}
 * documents.
 *
 * @param image the reference of its image, for messages; another one is another tool
 * @param versions the versions in order
 * @param migrate the program and arguments that migrate to {@code $(VERSION)}
 * @param stamp the program and arguments that only record {@code $(VERSION)}, or null
 * @param historyTables the tool's tables, by name or {@code schema.name}
 * @param ignoredColumns the columns of these tables that do not count, as {@code table.column};
 *     null for none
 * @param files the texts of files by name
 * @param env the environment variables
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolCommand(
    String image,
    List<String> versions,
    List<String> migrate,
    List<String> stamp,
    List<String> historyTables,
    List<String> ignoredColumns,
    Map<String, String> files,
    Map<String, String> env) {
  /** {@code ignoredColumns}; empty by default. */
  public List<String> ignoredColumnsOrDefault() {
    return ignoredColumns == null ? List.of() : ignoredColumns;
  }
}
