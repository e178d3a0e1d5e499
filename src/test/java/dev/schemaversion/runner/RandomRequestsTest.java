package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.specs.Crd;
import dev.schemaversion.decide.specs.Resources;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.KnownState;
import dev.schemaversion.desired.ScratchImages;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.ReportDraft;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the operator tells a runner about whatever the API server lets through. */
class RandomRequestsTest {
  private static final JobFactory FACTORY =
      new JobFactory("localhost/schemaversion-operator:dev", ScratchImages.OFFICIAL);

  @Test
  void aRequestIsReadOrRefusedInWords() throws IOException {
    var crd = Crd.committed();
    int read = 0;
    var resources = new Resources(crd, 7);
    for (int i = 0; i < 500; i++) {
      var written = resources.next();
      if (crd.accepts(written)) {
        for (var step : Step.values()) {
          var job = FACTORY.job(Resources.read(written), step, 1, "sha256:a1", KnownState.NOTHING);
          try {
            assertThat(Requests.read(request(job), new ReportDraft()).step()).isEqualTo(step);
            read++;
          } catch (RunFailure refused) {
            assertThat(refused.getMessage()).isNotBlank();
          }
        }
      }
    }
    assertThat(read).isGreaterThan(300);
  }

  /** As the kubelet hands it on. */
  private static String request(Job job) {
    var container = job.getSpec().getTemplate().getSpec().getContainers().getFirst();
    return container.getEnv().getFirst().getValue().replace("$$", "$");
  }
}
