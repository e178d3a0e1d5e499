package dev.schemaversion.runner.postgres.scratch;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The properties of the real database that a scratch database has to share.
 *
 * @param major the server's major version
 * @param user the user that runs the migrations
 * @param owner the database's owner
 * @param locale encoding and collation
 * @param roles all roles but the predefined ones
 * @param memberships the memberships of roles in roles
 * @param settings the initial settings of sessions
 * @param schemas all schemas but PostgreSQL's own and those that extensions created
 * @param extensions all extensions, in the order in which they were created
 * @param tablespaces all tablespaces but PostgreSQL's own
 * @param grants rights on the database itself, on schemas and on tablespaces
 */
@RecordBuilder
public record RealDatabase(
    int major,
    MigratingUser user,
    Owned owner,
    Locale locale,
    List<Role> roles,
    List<Membership> memberships,
    List<Setting> settings,
    List<Owned> schemas,
    List<Extension> extensions,
    List<Owned> tablespaces,
    List<Grant> grants)
    implements RealDatabaseBuilder.With {

  /**
   * An object with an owner.
   *
   * @param rightsAreSet whether its rights differ from the default, so that {@link #grants}
   *     contains all of them
   */
  record Owned(String name, String owner, boolean rightsAreSet) {}

  /**
   * Encoding and collation.
   *
   * @param provider {@code libc}, {@code icu} or {@code builtin}
   * @param locale the provider's locale; null with libc
   * @param rules ICU's own rules, or null
   */
  record Locale(
      String encoding,
      String collate,
      String characterType,
      String provider,
      String locale,
      String rules) {}

  /** A role, without its password. */
  public record Role(
      String name,
      boolean superuser,
      boolean inherits,
      boolean createsRoles,
      boolean createsDatabases,
      boolean bypassesRowSecurity) {}

  /** The membership of a role in another role; inherits and set are true before PostgreSQL 16. */
  record Membership(String role, String member, boolean admin, boolean inherits, boolean set) {}

  /**
   * An initial setting of sessions.
   *
   * @param role the role whose sessions have the setting in this database, or null for all roles
   */
  record Setting(String role, String name, String value) {}

  /**
   * An extension.
   *
   * @param schema null if the extension created its schema itself
   * @param used whether anything that is not part of an extension depends on it; what a function's
   *     body calls is not known
   */
  record Extension(String name, String version, String schema, String owner, boolean used) {}

  /**
   * A granted right.
   *
   * @param on {@code DATABASE}, {@code SCHEMA} or {@code TABLESPACE}
   * @param to the grantee, or null for PUBLIC
   */
  record Grant(String on, String name, String to, String privilege, boolean grantable) {}

  Optional<Role> role(String name) {
    return roles.stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /** The roles that run migrations and are superusers. */
  List<String> superusers() {
    return roles.stream()
        .filter(role -> role.superuser() && user.roles().contains(role.name()))
        .map(Role::name)
        .toList();
  }

  /**
   * Returns a copy without these extensions, if the user that runs migrations is superuser and owns
   * them.
   */
  RealDatabase withoutExtensions(Set<String> names) {
    var superusers = superusers();
    return withExtensions(
        extensions.stream()
            .filter(each -> !names.contains(each.name()) || !superusers.contains(each.owner()))
            .toList());
  }

  /** Whether migrations can have created the objects that this role owns. */
  boolean canBeMigrated(String owner) {
    return user.canCreateSchemas() && user.roles().contains(owner);
  }

  /** Returns a copy without these roles, except those that own objects or run migrations. */
  RealDatabase without(Set<String> names) {
    var needed =
        Stream.of(Stream.of(owner), schemas.stream(), tablespaces.stream())
            .flatMap(owned -> owned)
            .map(Owned::owner)
            .collect(Collectors.toSet());
    extensions.forEach(extension -> needed.add(extension.owner()));
    needed.addAll(user.roles());
    Predicate<String> stays = name -> !names.contains(name) || needed.contains(name);
    return with()
        .roles(roles.stream().filter(each -> stays.test(each.name())).toList())
        .memberships(
            memberships.stream()
                .filter(each -> stays.test(each.role()) && stays.test(each.member()))
                .toList())
        .settings(
            settings.stream()
                .filter(each -> each.role() == null || stays.test(each.role()))
                .toList())
        .grants(grants.stream().filter(each -> each.to() == null || stays.test(each.to())).toList())
        .build();
  }
}
