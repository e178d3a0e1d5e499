package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import java.util.regex.Pattern;

/**
 * The programs of Glance's own release, in a pod, as an administrator runs them without the
 * operator.
 *
 * @param glance the story
 * @param driver the driver of the database, as a URL of SQLAlchemy names it
 */
record GlanceTool(Glance glance, Cluster cluster, String driver) {
  /** The recipe, on MariaDB. */
  static final String RECIPE = "../tools/glance-manage";

  /** The version in which the release ends. */
  static final String NEWEST = "2024_1_contract01";

  private static final Pattern SCHEMA_VERSION =
      Pattern.compile("(?ms)^apiVersion: schemaversion\\.dev/.*?(?=^---$|\\z)");

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %s}
      spec:
        restartPolicy: Never
        automountServiceAccountToken: false
        securityContext:
          runAsNonRoot: true
          runAsUser: 65532
          seccompProfile: {type: RuntimeDefault}
        containers:
          - name: program
            image: %s
            command:
              - python3
              - -c
              - |
                import os, subprocess
                from urllib.parse import quote
                part = {n: quote(os.environ[n], safe="") for n in ("username", "password", "host", "port", "dbname")}
                url = "%s://{username}:{password}@{host}:{port}/{dbname}".format(**part)
                os.environ["OS_DATABASE__CONNECTION"] = url
                def db(*command): subprocess.run(["glance-manage", "db", *command], check=True)
      %s
            envFrom:
              - secretRef: {name: glance-db}
            securityContext:
              allowPrivilegeEscalation: false
              readOnlyRootFilesystem: true
              capabilities: {drop: [ALL]}
      """;

  static GlanceTool onMariaDb(Glance glance, Cluster cluster) {
    return new GlanceTool(glance, cluster, "mysql+pymysql");
  }

  static GlanceTool onPostgreSql(Glance glance, Cluster cluster) {
    return new GlanceTool(glance, cluster, "postgresql+psycopg2");
  }

  /**
   * Runs statements of Python, for which {@code url} is the database and {@code db(…)} runs {@code
   * glance-manage db …}, and returns what they print.
   *
   * @param name of the pod
   */
  String run(String name, String python) {
    glance.kubectlWithInput(
        POD.formatted(name, cluster.image("glance"), driver, python.indent(10).stripTrailing()),
        "apply",
        "-f",
        "-");
    glance.kubectl(
        "wait", "pod/" + name, "--for=jsonpath={.status.phase}=Succeeded", "--timeout=240s");
    return glance.kubectl("logs", name);
  }

  /** Has the models of the release create what is missing, and stamps that as the newest. */
  void autoCreateAndStamp() {
    run(
        "auto-create",
        """
        from glance.db.sqlalchemy import models, models_metadef
        from sqlalchemy import create_engine
        for base in models.BASE, models_metadef.BASE_DICT:
            base.metadata.create_all(create_engine(url))
        db("version_control", "%s")
        """
            .formatted(NEWEST));
  }

  /** The recipe's workload. */
  static GatedProgram api(Glance glance) {
    return new GatedProgram(glance, "glance-api", "app.kubernetes.io/name=glance-api");
  }

  /** What Glance's API answers about images. */
  static String images(Glance glance) {
    return glance.kubectl(
        "get",
        "--raw",
        "/api/v1/namespaces/%s/services/glance-api:9292/proxy/v2/images"
            .formatted(glance.namespace()));
  }

  /** The recipe without the older versions, each of which costs a run of the tool. */
  static String withoutOldVersions(String manifests) {
    return manifests.replaceAll("(?m)^ +- (train|zed)_contract01\n", "");
  }

  /** The resource alone, without the workload. */
  static String resource(String manifests) {
    var found = SCHEMA_VERSION.matcher(manifests);
    if (!found.find()) {
      throw new IllegalArgumentException("no SchemaVersion in " + manifests);
    }
    return found.group();
  }

  /** The resource with another wanted version. */
  static String wanting(String version, String resource) {
    return resource.replaceFirst("(?m)^  version: .*$", "  version: " + version);
  }
}
