package dev.schemaversion.decide;

import static dev.schemaversion.decide.Worlds.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.Worlds.atThirteen;

import java.time.Duration;

/** A sync on its way from 13 to 14, and what the gate says of workloads meanwhile. */
final class SyncToFourteen {
  /** Any next attempt is due by then. */
  static final Duration AN_HOUR = Duration.ofHours(1);

  private SyncToFourteen() {}

  /** 14 is wanted, and its migrations are there. */
  static World higher() {
    return atThirteen().migrations(OTHER_MIGRATIONS).patch("spec: {version: '14'}");
  }

  /** The sync's Job is there. */
  static World begun() {
    return higher().settle();
  }

  /** The sync's Job runs. */
  static World syncing() {
    return begun().starts();
  }

  static boolean released(World world, String min, String max) {
    return verdict(world, min, max).satisfied();
  }

  static Verdict verdict(World world, String min, String max) {
    return Verdict.of(Worlds.needs(min, max), any -> Recorded.in(world.resource()));
  }
}
