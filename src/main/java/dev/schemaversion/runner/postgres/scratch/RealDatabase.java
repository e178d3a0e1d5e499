package dev.schemaversion.runner.postgres.scratch;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of the real database a workspace must have as well.
 *
 * @param major the server's major version
 * @param sessionUser who logs in
 * @param role as whom the migrations run
 * @param givenRole the role that is taken on after login, or null
 * @param mayCreateSchemas whether {@link #role} has that right, which extensions need too
 * @param owner the database's owner
 * @param locale encoding and collation
 * @param roles all roles but PostgreSQL's own
 * @param memberships which role has which
 * @param settings what sessions begin with
 * @param schemas all schemas but PostgreSQL's own and those that extensions have made
 * @param extensions all extensions, in the order in which they were created
 * @param tablespaces all tablespaces but PostgreSQL's own
 * @param grants rights on the database itself, on schemas and on tablespaces
 */
@RecordBuilder
public record RealDatabase(
    int major,
    String sessionUser,
    String role,
    String givenRole,
    boolean mayCreateSchemas,
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
   * Something with an owner.
   *
   * @param rightsAreSet whether its rights are other than the default, so that {@link #grants}
   *     tells all of them
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

  /** That a role is in another one; inherits and set are true before PostgreSQL 16. */
  record Membership(String role, String member, boolean admin, boolean inherits, boolean set) {}

  /**
   * What sessions begin with.
   *
   * @param role the role whose sessions do in this database, or null for all of them
   */
  record Setting(String role, String name, String value) {}

  /** An extension; schema is null where the extension has made it by itself. */
  record Extension(String name, String version, String schema, String owner) {}

  /**
   * A right.
   *
   * @param on {@code DATABASE}, {@code SCHEMA} or {@code TABLESPACE}
   * @param to a role, or null for all of them
   */
  record Grant(String on, String name, String to, String privilege, boolean grantable) {}

  /** Those whose sessions run migrations, one or two. */
  Set<String> migrating() {
    return Stream.of(sessionUser, role).collect(Collectors.toSet());
  }

  Optional<Role> role(String name) {
    return roles.stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /** Whether the migrations can have made what this role owns. */
  boolean mayBeMigrated(String owner) {
    return mayCreateSchemas && migrating().contains(owner);
  }

  /** The same without those of these roles that nothing belongs to and nobody migrates as. */
  RealDatabase without(Set<String> names) {
    var needed =
        Stream.of(Stream.of(owner), schemas.stream(), tablespaces.stream())
            .flatMap(owned -> owned)
            .map(Owned::owner)
            .collect(Collectors.toSet());
    extensions.forEach(extension -> needed.add(extension.owner()));
    needed.addAll(migrating());
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
