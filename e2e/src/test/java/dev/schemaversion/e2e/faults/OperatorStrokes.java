package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import dev.schemaversion.e2e.cluster.Machine;
import dev.schemaversion.e2e.cluster.PodProcesses;
import java.time.Duration;
import java.util.List;

/** Injects faults into the operator. */
final class OperatorStrokes {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String LEASE = "lease/schemaversion-operator";
  private static final String PODS = "app.kubernetes.io/name=schemaversion-operator";

  private final Installation installation;
  private final Kubectl kubectl;

  OperatorStrokes(Cluster cluster, Installation installation) {
    this.installation = installation;
    this.kubectl = new Kubectl(cluster, Installation.NAMESPACE);
  }

  /** Both replicas at once. */
  Stroke killed() {
    return new Stroke() {
      @Override
      public void strike() {
        var processes = pods().stream().flatMap(pod -> PodProcesses.of(pod).stream()).toList();
        if (processes.isEmpty()) {
          installation.kill();
        } else {
          processes.forEach(ProcessHandle::destroyForcibly);
        }
      }

      @Override
      public void heal() {
        installation.awaitRollout();
      }
    };
  }

  /** Another holder acquires the lease and does not reconcile. */
  Stroke leaderChanged() {
    return new Stroke() {
      @Override
      public void strike() {
        kubectl.run(
            "patch", LEASE, "--type=merge", "-p", "{\"spec\":{\"holderIdentity\":\"thief\"}}");
      }

      @Override
      public void heal() {
        awaitLeaderOtherThan("thief");
      }
    };
  }

  /** The leader cannot reach the API server, until well after the other one has taken over. */
  Stroke partitioned(Machine machine) {
    return new Stroke() {
      private Machine.Cut cut;

      @Override
      public void strike() {
        var leader = leader();
        cut =
            machine.cutOffApiServer(
                kubectl.run("get", "pod", leader, "-o", "jsonpath={.status.podIP}"));
        awaitLeaderOtherThan(leader);
      }

      @Override
      public void heal() {
        cut.close();
      }
    };
  }

  /** The leader is stopped in whatever it does, and goes on when the other has taken over. */
  Stroke stale() {
    return new Stroke() {
      private List<ProcessHandle> processes;

      @Override
      public void strike() {
        var leader = leader();
        processes = PodProcesses.of(leader);
        signal("STOP");
        awaitLeaderOtherThan(leader);
      }

      @Override
      public void heal() {
        signal("CONT");
      }

      private void signal(String signal) {
        processes.stream()
            .filter(ProcessHandle::isAlive)
            .forEach(process -> Command.run("kill", "-" + signal, "" + process.pid()));
      }
    };
  }

  private void awaitLeaderOtherThan(String former) {
    await("another leader")
        .atMost(LONG)
        .until(() -> !leader().equals(former) && pods().contains(leader()));
  }

  private String leader() {
    return kubectl.run("get", LEASE, "-o", "jsonpath={.spec.holderIdentity}");
  }

  private List<String> pods() {
    return List.of(
        kubectl
            .run("get", "pods", "-l", PODS, "-o", "jsonpath={.items[*].metadata.name}")
            .split(" "));
  }
}
