package dev.schemaversion.cli.kubectl.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.cli.kubectl.RecordedCluster;
import dev.schemaversion.cli.kubectl.SomeObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree is a function of the objects and of the time. */
class StatusTreeTest {
  @Test
  void theTreeHasJobsAndWorkloadsAndWhoWaitsForWhatSinceWhen() {
    assertThat(tree(SomeObjects.SYNCING))
        .isEqualTo(
            """
            glance/glance: at 13, wants 14
            ├─ Not ready for 12m: SyncRunning
            │  └─ Job glance-sync-1a2b3c4d-1 migrates to 14
            ├─ Jobs
            │  ├─ glance-sync-1a2b3c4d-1   sync   Running for 105s
            │  └─ glance-sync-00aa00aa-1   sync   Succeeded 26m ago, took 2m10s
            ├─ Workloads, 2 held
            │  ├─ Deployment glance-registry   needs 14      2/2 ready   held for 12m: waits until glance is higher (VersionTooLow)
            │  ├─ Job import                   needs 14-15               held for 60s: waits until glance is higher (VersionTooLow)
            │  └─ StatefulSet cache            needs 9-14    3/3 ready   released
            └─ Warnings
               └─ 10m ago JobRefused: the API server rejects Job glance-sync-1a2b3c4d-1: exceeded quota
            """);
  }

  @Test
  void aPlanThatWaitsSaysHowToApproveIt() {
    assertThat(
            tree(
                SomeObjects.resource(
                    "approval: Manual",
                    SomeObjects.status("False", "False", "ApprovalPending", "to approve: …")
                        .replace(
                            "{version: \"13\",",
                            "{version: '13', plan: {digest: 'sha256:aa', from: '13', to: '14', count: 1, destructive: [DROP], at: '2026-03-01T12:18:00Z'},"))))
        .isEqualTo(
            """
            glance/glance: at 13, wants 14
            ├─ Not ready for 12m: ApprovalPending
            │  └─ to approve: …
            └─ Plan from 13 to 14 with 1 migration waits for approval for 12m (DESTRUCTIVE): kubectl schemaversion approve glance -n glance
            """);
  }

  @Test
  void aReadyResourceIsOneLineAndAnother() {
    assertThat(
            tree(
                SomeObjects.resource(
                    "", SomeObjects.status("True", "False", "AtVersion", "at 13"))))
        .isEqualTo("glance/glance: at 13, wants 14\n└─ Ready for 12m\n");
  }

  @Test
  void aStalledAndSuspendedResourceIsSaidToBeBoth() {
    assertThat(
            tree(
                SomeObjects.resource(
                    "suspend: true",
                    SomeObjects.status("False", "True", "MigrationFailed", "V014 failed"))))
        .isEqualTo(
            """
            glance/glance: at 13, wants 14 (suspended)
            └─ Stalled for 12m: MigrationFailed
               └─ V014 failed
            """);
  }

  @Test
  void aResourceThatNobodyReconcilesIsSaidToBeSo() {
    assertThat(tree(SomeObjects.resource("", "{}")))
        .isEqualTo(
            """
            glance/glance: no proven version, wants 14
            └─ Not reconciled yet: the operator has not seen it, or is not running
            """);
  }

  @Test
  void aFieldOfANewerReleaseIsNamed() {
    assertThat(tree(SomeObjects.resource("approval: Sometimes", "{}")))
        .contains(
            "└─ Unreadable: this release of the plugin does not know the value of spec.approval");
  }

  @Test
  void moreHeldWorkloadsThanTheStatusListsAreCounted() {
    assertThat(
            tree(
                SomeObjects.resource(
                    "",
                    "{held: 60, workloads: [{kind: Deployment, name: a, needs: '14', verdict: VersionUnknown, since: '2026-03-01T12:29:00Z'}]}")))
        .contains("Workloads, 60 held")
        .contains("waits until the version of glance is proven (VersionUnknown)")
        .contains("and 59 more held");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | Pending for 2m",
        "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no node}]} | Pending for 2m: Unschedulable: no node",
        "{phase: Pending, initContainerStatuses: [{name: scratch, state: {waiting: {reason: ImagePullBackOff, message: no image}}}]} | Pending for 2m: ImagePullBackOff: no image",
        "{phase: Failed, containerStatuses: [{name: runner, state: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: '2026-03-01T12:29:00Z'}}}]} | OOMKilled 60s ago",
      })
  void aJobSaysWhatItsPodWaitsForOrHowItEnded(String status, String shown) {
    var objects =
        SomeObjects.SYNCING.replaceAll(
            "(?s)status:\n  phase: Running.*?\n---", "status: " + status + "\n---");

    assertThat(tree(objects)).contains("glance-sync-1a2b3c4d-1   sync   " + shown + "\n");
  }

  private static String tree(String documents) {
    var observed = RecordedCluster.of(documents).observed().getFirst();
    return String.join("\n", StatusTree.lines(StatusView.of(observed), Plugin.NOW)) + "\n";
  }
}
