package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts PostgreSQL. */
record PostgreSqlRecipe(ServerPrograms programs) implements Recipe {
  @Override
  public List<String> users() {
    return List.of("postgres");
  }

  @Override
  public String secret(String password) {
    return password + "\n";
  }

  @Override
  public Preparation preparing(Path folder, Path secret) {
    return new Preparation(
        List.of(
            programs.beside("initdb"),
            "--pgdata=" + folder.resolve("data"),
            "--username=postgres",
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-sync"),
        "");
  }

  @Override
  public List<String> serving(Path folder, Path secret, int port) {
    var command =
        new ArrayList<>(
            List.of(
                programs.server().toString(),
                "-D",
                folder.resolve("data").toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories="));
    command.addAll(ServerArguments.tuning(Engine.PostgreSQL));
    return command;
  }
}
