package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.postgres.Quoted;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets the migrating user create some extensions that need a superuser, if it is superuser on the
 * real server. An event trigger makes it superuser for the time of a {@code CREATE EXTENSION}, and
 * fails the statement if it created another extension that needs a superuser.
 */
final class PermittedExtensions {
  private static final String FUNCTION = "information_schema.schemaversion_extensions()";

  /**
   * The list of extensions before the statement is kept in a setting. The trigger and its function
   * are made members of an extension, so that they are no part of the schema.
   */
  @SuppressWarnings("InlineFormatString") // too long to stand where it is used
  private static final String TRIGGERS =
      """
      CREATE FUNCTION %1$s RETURNS event_trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $function$
      DECLARE
        migrating name := coalesce(nullif(current_setting('role'), 'none'), session_user);
        others text;
      BEGIN
        IF migrating <> ALL (ARRAY[%2$s]::name[]) THEN
          RETURN;
        END IF;
        IF tg_event = 'ddl_command_start' THEN
          PERFORM set_config('schemaversion.extensions', (
            SELECT string_agg(oid::text, ',') FROM pg_extension), false);
          EXECUTE format('ALTER ROLE %%I SUPERUSER', migrating);
          RETURN;
        END IF;
        EXECUTE format('ALTER ROLE %%I NOSUPERUSER', migrating);
        SELECT string_agg(quote_ident(extname), ', ') INTO others
        FROM pg_extension e JOIN pg_available_extension_versions v
          ON v.name = e.extname AND v.version = e.extversion
        WHERE v.superuser AND NOT v.trusted AND extname <> ALL (ARRAY[%3$s]::name[])
          AND e.oid::text <> ALL (
            string_to_array(current_setting('schemaversion.extensions'), ','));
        IF others IS NOT NULL THEN
          RAISE insufficient_privilege
            USING MESSAGE = format('permission denied to create extension %%s', others);
        END IF;
      END $function$;
      CREATE EVENT TRIGGER schemaversion_extensions_start ON ddl_command_start
        WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION %1$s;
      CREATE EVENT TRIGGER schemaversion_extensions_end ON ddl_command_end
        WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION %1$s;
      ALTER EXTENSION plpgsql ADD FUNCTION %1$s;
      ALTER EXTENSION plpgsql ADD EVENT TRIGGER schemaversion_extensions_start;
      ALTER EXTENSION plpgsql ADD EVENT TRIGGER schemaversion_extensions_end
      """;

  private PermittedExtensions() {}

  /** Returns the statements for a new database; none if there is nothing to permit. */
  static List<String> statements(RealDatabase real, RequestedScratch permitted) {
    var superusers = real.superusers();
    return superusers.isEmpty()
            || permitted.permitsSuperuser()
            || permitted.extensionsOrDefault().isEmpty()
        ? List.of()
        : List.of(
            TRIGGERS.formatted(
                FUNCTION, texts(superusers), texts(permitted.extensionsOrDefault())));
  }

  private static String texts(Collection<String> names) {
    return names.stream().sorted().map(Quoted::text).collect(Collectors.joining(", "));
  }
}
