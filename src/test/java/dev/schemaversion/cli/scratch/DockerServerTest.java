package dev.schemaversion.cli.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Docker is asked for; a script stands for it. */
class DockerServerTest {
  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();
  private Path docker;

  @BeforeEach
  void prepare() throws IOException {
    docker = script("docker", "case $1 in port) echo 127.0.0.1:49153;; esac");
  }

  private Path script(String name, String body) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(
        file,
        "#!/bin/sh\necho \"$@\" >>%s/calls\nenv >>%s/environment\n%s\n"
            .formatted(folder, folder, body));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Needed needed(Engine engine, String version, String image) {
    return new Needed(engine, version, image, log::add);
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  @ParameterizedTest
  @CsvSource({
    "PostgreSQL, 17.2, 5432, POSTGRES_PASSWORD, postgres:17",
    "MariaDB, 11.4.5, 3306, MARIADB_ROOT_PASSWORD, mariadb:11.4",
    "MySQL, 8.4.2, 3306, MYSQL_ROOT_PASSWORD, mysql:8.4"
  })
  void theImageIsThatOfTheDatabasesVersion(
      Engine engine, String version, int port, String variable, String image) throws IOException {
    var server = DockerServer.start(docker.toString(), needed(engine, version, null));
    var password = server.address().password();
    server.close();

    assertThat(server.address().port()).isEqualTo(49153);
    assertThat(calls().getFirst())
        .startsWith("run --detach --rm --name schemaversion-scratch-")
        .contains("--publish 127.0.0.1::" + port + " --env " + variable + " " + image + " ")
        .doesNotContain(password);
    assertThat(Files.readString(folder.resolve("environment"))).contains(variable + "=" + password);
    assertThat(calls().getLast()).startsWith("rm --force --volumes schemaversion-scratch-");
    assertThat(log).containsExactly("starting a scratch server with docker: " + image);
  }

  @Test
  void theImageCanBeNamed() throws IOException {
    DockerServer.start(docker.toString(), needed(Engine.PostgreSQL, "17", "postgis/postgis:17"))
        .close();

    assertThat(calls().getFirst()).contains(" postgis/postgis:17 -c fsync=off ");
  }

  @Test
  void aContainerThatDoesNotStartIsRemovedAndExplained() throws IOException {
    var failing = script("failing", "case $1 in run) echo 'no such image'; exit 125;; esac");

    assertThatThrownBy(
            () -> DockerServer.start(failing.toString(), needed(Engine.PostgreSQL, "17", null)))
        .isInstanceOf(ScratchFailure.class)
        .hasMessageContaining("from the image postgres:17: no such image.");
    assertThat(calls().getLast()).startsWith("rm --force");
  }

  @Test
  void withoutADaemonThereIsNone() throws IOException {
    assertThat(DockerServer.isThere(docker.toString())).isTrue();
    assertThat(DockerServer.isThere(script("stopped", "exit 1").toString())).isFalse();
    assertThat(DockerServer.isThere(folder.resolve("nothing").toString())).isFalse();
  }
}
