package dev.schemaversion.runner.postgres.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A scratch server that is starting, missing, or stopped. */
class ScratchAvailabilityTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aStartingServerIsAwaitedAndAStoppedOneDiffersFromAFailure()
      throws IOException, SQLException, ExecutionException, InterruptedException {
    var server = Installation.start(Installation.POSTGRES_18.builder());
    try (var real = Installation.POSTGRES_18.real().fresh();
        var there = real.asOwner();
        var port = new DelayedPort(server.getPort())) {
      var address = new RequestedScratch("localhost", port.number());
      var connecting = CompletableFuture.supplyAsync(() -> Scratch.connect(address, LONG));
      assertThatThrownBy(() -> Scratch.connect(address, SHORT))
          .isInstanceOf(ScratchUnavailable.class);
      assertThat(connecting).isNotDone();

      port.open();

      var scratch = connecting.get();
      try (var workspace = scratch.prepare(real.name(), there, null, Set.of())) {
        // for later runners or tests
        assertThat(Scratch.connect(address, SHORT).major()).isEqualTo(18);
        var here = workspace.migrating().getConnection();
        assertThat(catchThrowable(() -> Sessions.execute(here, "SELECT nonsense")))
            .matches(e -> !ScratchUnavailable.isCauseOf(e));
        assertThat(catchThrowable(() -> Sessions.execute(here, "SELECT 1/0")))
            .matches(e -> !ScratchUnavailable.isCauseOf(new IllegalStateException(e)));

        server.close();

        assertThat(catchThrowable(() -> Sessions.execute(here, "SELECT 1")))
            .matches(ScratchUnavailable::isCauseOf);
        assertThat(catchThrowable(() -> workspace.migrating().getConnection()))
            .matches(e -> ScratchUnavailable.isCauseOf(new IllegalStateException(e)));
        assertThatThrownBy(workspace::admin).isInstanceOf(ScratchUnavailable.class);
        assertThatThrownBy(() -> scratch.prepare("other", there, null, Set.of()))
            .isInstanceOf(ScratchUnavailable.class);
      }
    }
  }

  @Test
  void aServerThatNeverAnswersIsUnavailable() throws IOException {
    var address = new RequestedScratch("localhost", freePort());
    assertThatThrownBy(() -> Scratch.connect(address, SHORT))
        .isInstanceOf(ScratchUnavailable.class)
        .hasMessageContaining("localhost:" + address.port())
        .hasMessageContaining("scratch");
  }

  @Test
  void aServerWithAForeignDatabaseIsNotChanged() throws SQLException {
    var server = Installation.POSTGRES_18.real();
    try (var real = server.fresh()) {
      assertThatThrownBy(
              () -> Scratch.connect(new RequestedScratch("localhost", server.port()), LONG))
          .isInstanceOf(ScratchUnavailable.class)
          .hasMessageContaining("not a scratch server");
      try (var admin = real.as("postgres")) {
        assertThat(Rows.names(admin, "SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin"))
            .containsExactly("postgres");
      }
    }
  }
}
