package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.contract.Parameter;
import java.util.List;
import java.util.Map;

/**
 * The address of the database. The runner reads a field that is null here from the Secret's files.
 *
 * @param engine the engine, as in the API
 * @param host the host name or IP address, or null
 * @param port the TCP port, or null
 * @param name the name of the database, or null
 * @param schemas the schemas the migrations own; the first is the default and holds the history
 * @param role the role to assume after login ({@code SET ROLE}), or null
 * @param tlsMode how the connection is encrypted and the server verified
 * @param parameters further connection parameters by {@link Parameter#label()}, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestedDatabase(
    String engine,
    String host,
    Integer port,
    String name,
    List<String> schemas,
    String role,
    TlsMode tlsMode,
    Map<String, String> parameters) {}
