package dev.schemaversion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledProgramsTest {
  @Test
  void theCacheFollowsXdgCacheHomeAndHome() {
    assertThat(InstalledPrograms.cache(Map.of("HOME", "/home/ci")))
        .isEqualTo(Path.of("/home/ci/.cache"));
    assertThat(InstalledPrograms.cache(Map.of("HOME", "/home/ci", "XDG_CACHE_HOME", "")))
        .isEqualTo(Path.of("/home/ci/.cache"));
    assertThat(InstalledPrograms.cache(Map.of("HOME", "/home/ci", "XDG_CACHE_HOME", "/var/cache")))
        .isEqualTo(Path.of("/var/cache"));
  }
}
