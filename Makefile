# make demo   the main job on a real cluster, told step by step
# make test   units, the runner on a real PostgreSQL and MariaDB, the whole on a real cluster; the rest: make extended
# Both install and build what they need: see README.md. Each stage is a line with its time; what the tools and the tests print
# is in target/logs, and with VERBOSE=1 on the terminal too.

export JAVA_HOME := $(shell e2e/jdk)
MVNW := ./mvnw --batch-mode --no-transfer-progress
STAGE := e2e/stage
# Of what the tests print, the counts.
COUNTS := ^(In all |[0-9]+ cells: |Hostile[A-Za-z]+: |The password was )
EXTENDED := -Dgroups=extended -DexcludedGroups=
.SILENT: test test-units test-programs cluster-programs extended faults mysql mysql-units properties mutations kubernetes scale tools demo bench build images crds golden reference

.PHONY: help demo cli test extended test-units test-programs cluster-programs faults mysql mysql-units properties mutations kubernetes scale tools build bench bench-proofs images crds chart golden reference release-files image-list reproducible sbom format clean

help:
	@sed -n 's/^# //p' Makefile

build:
	$(STAGE) "Build of the operator" $(MVNW) package -DskipTests

# make cli    the command line as a zip: target/schemaversion-cli-<version>.zip
cli:
	$(STAGE) "Build of the command line" $(MVNW) package -DskipTests -Pcli

# Building Go programs takes the processor, and the tests beside it wait for databases most of the time.
test:
	e2e/pg-dump
	e2e/postgres-18
	e2e/pgbouncer
	e2e/busybox
	$(MAKE) --no-print-directory --jobs test-units test-programs
	e2e/images/build
	$(STAGE) --show "$(COUNTS)" "End-to-end tests" $(MVNW) -f e2e verify

test-units:
	$(STAGE) --show "$(COUNTS)" "Unit and database tests" $(MVNW) verify

test-programs:
	e2e/images/build pause postgres mariadb golang-migrate glance
	e2e/clients/prepare >/dev/null
	e2e/cluster/prepare

cluster-programs:
	e2e/cluster/prepare

# What "make test" leaves out because it takes long (@Extended).
extended: build
	e2e/pg-dump
	e2e/postgres-18
	e2e/pgbouncer
	e2e/busybox
	e2e/promtool >/dev/null
	e2e/chromium >/dev/null
	$(STAGE) "Extended unit and database tests" $(MVNW) test $(EXTENDED)
	e2e/clients/prepare >/dev/null
	e2e/images/build
	e2e/images/build mysql
	$(STAGE) "Extended end-to-end tests" $(MVNW) -f e2e test $(EXTENDED)

# CELLS="runner killed,node gone" runs those with that in their name only.
CELLS := all
faults: build
	e2e/images/build
	VERBOSE=1 $(STAGE) "Fault matrix" $(MVNW) -f e2e test -Dtest=FaultMatrixTest -Dfaults="$(CELLS)"

# MariaDB's tests on MySQL, whose engine has the same code: the runner on a real server, then Glance's stories and some cells of the
# fault matrix on a cluster. MYSQL=mysql:8.4 takes that image's programs for the runner's tests (mysql-units).
MYSQL :=
MYSQL_TESTS := MariaDb*Test,GlanceMariaDb*Test,HalfAppliedTest,ForgottenScriptTest,KeepAliveTest
mysql: build mysql-units
	e2e/images/build pause postgres mariadb mysql schemaversion-operator glance-registry
	$(STAGE) --show "$(COUNTS)" "End-to-end tests on MySQL" $(MVNW) -f e2e test -Dtest='MySqlTest,FaultMatrixTest' -Dfaults=MySQL -DexcludedGroups=

mysql-units:
	programs=$$(e2e/mysql $(MYSQL)) && \
	  MYSQL_PROGRAMS="$$programs" $(STAGE) "Database tests on MySQL" $(MVNW) test -Dtest='$(MYSQL_TESTS)' -DexcludedGroups=

# Random migration sets by plain Flyway and by the runner: a few are in make test. SEED=7 SETS=1 repeats one.
SETS := 300
properties:
	$(STAGE) --show "$(COUNTS)" "Random migration sets" $(MVNW) test -Dtest=RandomSetsTest -Dsets=$(SETS) $(if $(SEED),-Dseed=$(SEED))

# Changes each property of each kind of object, on all versions of the servers: MariaDB's newest one is in make test.
mutations:
	$(STAGE) --show "$(COUNTS)" "Mutations of the catalog" $(MVNW) test -Dtest='*MutationTest' -Dmutations=all -DexcludedGroups=

# The gate on an earlier Kubernetes, without MutatingAdmissionPolicy (pod templates have the gate) and with it as v1beta1: the
# matrix of workloads, and the tests of the policies.
KUBERNETES := 1.35.4
GATE_TESTS := -Dtest='dev.schemaversion.e2e.matrix.*Test,dev.schemaversion.e2e.gate.*Test'
kubernetes: build
	e2e/images/build pause postgres schemaversion-operator
	E2E_KUBERNETES=$(KUBERNETES) $(STAGE) --show "$(COUNTS)" "Gate on Kubernetes $(KUBERNETES) without MutatingAdmissionPolicy" \
	  $(MVNW) -f e2e test $(GATE_TESTS)
	E2E_KUBERNETES=$(KUBERNETES) E2E_API_SERVER_FLAGS="$(V1BETA1)" $(STAGE) --show "$(COUNTS)" "Gate on Kubernetes $(KUBERNETES) with it" \
	  $(MVNW) -f e2e test $(GATE_TESTS)
V1BETA1 := --feature-gates=MutatingAdmissionPolicy=true --runtime-config=admissionregistration.k8s.io/v1beta1=true

# The operator's memory and requests in a big cluster: the small version of each is in make test, this takes an hour.
scale: build
	VERBOSE=1 $(STAGE) "Scale tests" $(MVNW) -f e2e test -Dtest='dev.schemaversion.e2e.scale.*Test' -Dscale=full -DexcludedGroups=

# The recipes of deploy/samples/tools on a cluster, each with its real tool: golang-migrate and Glance are in make test too. TOOLS=alembic,django runs those only.
TOOLS := all
tools: build
	e2e/images/build pause postgres mariadb schemaversion-operator glance-registry alembic django flyway golang-migrate liquibase
	VERBOSE=1 $(STAGE) "Recipes of tools" $(MVNW) -f e2e test -Dtest='dev.schemaversion.e2e.tools.*Test' -Dtools="$(TOOLS)"

demo:
	$(MAKE) --no-print-directory --jobs build cluster-programs
	e2e/images/build pause postgres schemaversion-operator glance-registry
	$(STAGE) "Build of the demo" $(MVNW) -f e2e compile
	$(MVNW) --quiet -f e2e exec:java

# How long it takes from apply to a running program, beside other ways, on a real cluster; then how long proofs take. Speed is
# measured and never asserted. The figures are in target/bench.json, bench.md and bench.svg. Shorter:
# RUNS=1 WAYS=job,init,helm3,helm4,on-baseline,always SCENARIOS=new,new-300,upgrade, or some of these. HERD=400 applies more at once.
bench:
	$(MAKE) --no-print-directory --jobs build cluster-programs
	e2e/clients/prepare helm >/dev/null
	e2e/images/build pause postgres schemaversion-operator glance-registry plain-flyway
	$(STAGE) "Build of the benchmark" $(MVNW) -f e2e compile
	$(MVNW) --quiet -f e2e exec:java -Dexec.mainClass=dev.schemaversion.e2e.bench.Bench
	$(MAKE) --no-print-directory bench-proofs

bench-proofs:
	$(MVNW) --quiet test-compile org.codehaus.mojo:exec-maven-plugin:3.5.1:java -Dexec.classpathScope=test \
	  -Dexec.mainClass=dev.schemaversion.runner.ProofBench

images: build
	e2e/images/build

# The CRD from the Java types, and the golden Jobs and pages; look at the difference before you commit it.
crds:
	$(STAGE) "CRD" $(MVNW) test -Dtest=CrdTest -Dcrds.write=true

# The manifests that the Helm chart is made of, from deploy/base/ and crds/; a test compares them.
chart:
	rm -f charts/schemaversion-operator/manifests/*
	cp deploy/base/[0-9]*.yaml deploy/overlays/kubernetes-1.30/[0-9]*.yaml charts/schemaversion-operator/manifests/
	cp crds/schemaversions.schemaversion.dev.yaml charts/schemaversion-operator/manifests/00-crd.yaml

golden:
	$(STAGE) "Golden Jobs and pages" $(MVNW) test -Dtest='*Golden*' -Dgolden.write=true

# The reference pages of docs/reference, the console examples of all pages and the files for Argo CD; look at the difference before you commit it.
reference:
	$(STAGE) "Reference pages" $(MVNW) test -Dtest='dev.schemaversion.docs.*Test,dev.schemaversion.gitops.*Test,MetricsReferenceTest' -Dreference.write=true

# Writes a release's version and image into all files that name them: make release-files VERSION=1.2.0 IMAGE=ghcr.io/example/schemaversion-operator
release-files:
	deploy/release/set-version "$(VERSION)" "$(IMAGE)"

# The CycloneDX bill of materials, target/schemaversion-operator.cdx.json.
sbom:
	$(STAGE) "SBOM" $(MVNW) package -DskipTests -Psbom

# Builds the operator's image twice from clean copies of what is committed, and compares.
reproducible:
	e2e/images/reproducible

# The images that an installation of deploy/ pulls, to mirror them; deploy/images reads the chart's output too.
image-list:
	kubectl kustomize deploy | deploy/images

format:
	$(MVNW) spotless:apply
	$(MVNW) -f e2e spotless:apply

clean:
	$(MVNW) clean
	$(MVNW) -f e2e clean
