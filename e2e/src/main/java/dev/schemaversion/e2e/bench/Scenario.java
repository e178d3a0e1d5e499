package dev.schemaversion.e2e.bench;

import java.util.EnumSet;

/** What is measured: a release that meets a database. */
enum Scenario {
  /** A new database, and the example's migrations. */
  NEW("new", "New database, 13 migrations", EnumSet.allOf(Way.class)),
  /** A new database, and many small migrations. With Helm it is a Job, too. */
  NEW_300(
      "new-300",
      "New database, 300 migrations",
      EnumSet.complementOf(EnumSet.of(Way.HELM3, Way.HELM4))),
  /** A database with rows whose program is running. */
  UPGRADE("upgrade", "Upgrade from 9 to 13, 30,000 rows", EnumSet.allOf(Way.class));

  private final String id;
  private final String title;
  private final EnumSet<Way> ways;

  Scenario(String id, String title, EnumSet<Way> ways) {
    this.id = id;
    this.title = title;
    this.ways = ways;
  }

  /** Returns whether a way is measured in it. */
  boolean has(Way way) {
    return ways.contains(way);
  }

  /** Returns its name in options and files. */
  String id() {
    return id;
  }

  /** Returns its name for people. */
  String title() {
    return title;
  }
}
