package dev.schemaversion.runner.snapshot.mariadb;

/**
 * Extracts definitions of views and programs from {@code SHOW CREATE}, without name, comment and
 * {@code DEFINER}.
 */
final class MariaDbCode {
  private MariaDbCode() {}

  /** Returns the definer, in backticks. */
  static String definer(SqlText created) {
    var definer = created.indexOf(0, "DEFINER", "=");
    if (definer == created.size()) {
      return "";
    }
    return created.text(definer + 2, created.at(definer + 3, "@") ? definer + 5 : definer + 3);
  }

  static String view(SqlText created) {
    var algorithm = created.indexOf(0, "ALGORITHM", "=");
    var view = created.indexOf(0, "VIEW");
    var invoker = created.indexOf(0, "SQL", "SECURITY", "INVOKER") < view;
    return (created.at(algorithm + 2, "UNDEFINED")
            ? ""
            : "ALGORITHM=" + created.token(algorithm + 2) + " ")
        + (invoker ? "SQL SECURITY INVOKER " : "")
        + created.text(view + 2);
  }

  /** Returns the body as written; the caller knows the rest from the catalog. */
  static String trigger(SqlText created) {
    var body = created.indexOf(0, "FOR", "EACH", "ROW") + 3;
    return created.text(
        created.at(body, "FOLLOWS") || created.at(body, "PRECEDES") ? body + 2 : body);
  }

  static String event(SqlText created) {
    return created.text(created.indexOf(0, "DO"));
  }

  /** Returns parameters, result, properties and body; a package has only the last two. */
  static String routine(SqlText created, boolean hasComment) {
    var name = 0;
    while (!created.at(name, "FUNCTION")
        && !created.at(name, "PROCEDURE")
        && !created.at(name, "PACKAGE")) {
      name++;
    }
    name += created.at(name, "PACKAGE", "BODY") ? 2 : 1;
    var comment = hasComment ? created.indexOf(name, "COMMENT") : created.size();
    var sql = comment < created.size() ? created.without(comment, comment + 2) : created;
    return sql.text(name + 1);
  }
}
