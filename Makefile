# make demo   the main job on a real cluster, told step by step
# make test   all tests: units, runner on a real PostgreSQL and MariaDB, the whole on a real cluster
# Both install and build what they need: see README.md.

export JAVA_HOME := $(shell e2e/jdk)
MVNW := ./mvnw --batch-mode --no-transfer-progress

.PHONY: help demo test faults scale build bench images crds chart golden reference format clean

help:
	@sed -n 's/^# //p' Makefile

build:
	$(MVNW) package -DskipTests

test:
	e2e/pg-dump
	e2e/postgres-18
	e2e/pgbouncer
	$(MVNW) verify
	e2e/images/build
	e2e/clients/prepare
	$(MVNW) -f e2e verify

# CELLS="runner killed,node gone" runs those with that in their name only.
CELLS := all
faults: build
	e2e/images/build
	$(MVNW) -f e2e test -Dtest=FaultMatrixTest -Dfaults="$(CELLS)"

# The operator's memory and requests in a big cluster: the small version of each is in make test, this takes an hour.
scale: build
	$(MVNW) -f e2e test -Dtest='dev.schemaversion.e2e.scale.*Test' -Dscale=full

demo: build
	e2e/images/build pause postgres schemaversion-operator glance-registry
	$(MVNW) --quiet -f e2e compile exec:java

# How long proofs take here; speed is measured and never asserted.
bench:
	$(MVNW) --quiet test-compile org.codehaus.mojo:exec-maven-plugin:3.5.1:java -Dexec.classpathScope=test \
	  -Dexec.mainClass=dev.schemaversion.runner.ProofBench

images: build
	e2e/images/build

# The CRD from the Java types, and the golden Jobs; look at the difference before you commit it.
crds:
	$(MVNW) test -Dtest=CrdTest -DargLine=-Dcrds.write=true

# The manifests that the Helm chart is made of, from deploy/ and crds/; a test compares them.
chart:
	rm -f charts/schemaversion-operator/manifests/*
	cp deploy/[0-9]*.yaml charts/schemaversion-operator/manifests/
	cp crds/schemaversions.schemaversion.dev.yaml charts/schemaversion-operator/manifests/00-crd.yaml

golden:
	$(MVNW) test -Dtest='*Golden*' -DargLine=-Dgolden.write=true

# The reference pages of docs/reference, and the console examples of all pages; look at the difference before you commit it.
reference:
	$(MVNW) test -Dtest='dev.schemaversion.docs.*Test,MetricsReferenceTest' -DargLine=-Dreference.write=true

format:
	$(MVNW) spotless:apply
	$(MVNW) -f e2e spotless:apply

clean:
	$(MVNW) clean
	$(MVNW) -f e2e clean
