package dev.schemaversion.e2e.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.cluster.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecipesTest {
  /** They have tests of their own: CommandTest and GlanceToolTest. */
  private static final List<String> GLANCE =
      List.of("glance-manage", "glance-manage-postgresql", "glance-manage-rolling");

  @Test
  void everyRecipeIsTestedWithItsTool() throws IOException {
    try (var folders = Files.list(Checkout.root().resolve("deploy/samples/tools"))) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(tested());
    }
  }

  private static List<String> tested() {
    return Stream.concat(GLANCE.stream(), Arrays.stream(Recipe.values()).map(Recipe::folder))
        .toList();
  }
}
