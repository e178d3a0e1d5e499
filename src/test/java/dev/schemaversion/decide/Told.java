package dev.schemaversion.decide;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Wire;
import dev.schemaversion.desired.DatabaseAddress;
import dev.schemaversion.desired.Given;
import java.util.List;

/** What Jobs are told beside what the resource says. */
final class Told {
  private Told() {}

  /** What the Job is told that is decided on next. */
  static Given given(World world) {
    return world.next().actions().stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(action -> ((Action.CreateJob) action).given())
        .findFirst()
        .orElseThrow();
  }

  /** What the Job that has not ended is told of proofs. */
  static RunRequest.Proofs proofs(World world) {
    var facts =
        new Facts(
            world.jobs(List.of()).observed(),
            Evidence.of(world.status(), DatabaseAddress.of(world.resource().getSpec())));
    var job =
        World.FACTORY.job(
            world.resource(),
            world.activeJob().step(),
            1,
            Worlds.MIGRATIONS,
            facts.given(world.activeJob().step()));
    var request =
        job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().getFirst();
    return Wire.readRequest(request.getValue()).proof();
  }
}
