# Java in an image. Sourced by build.
# shellcheck shell=bash

# The root file system that Java needs: the C library, two users, and where to look up names. No shell, no tools.
java_base_layer() {
  local packages
  packages=$(packages_behind 'gcc-.*-base' libc6 zlib1g)
  # shellcheck disable=SC2086 # lists of words
  kept_layer "$(package_versions $packages; declare -f java_base unpack_packages people)" java_base $packages
}

java_base() { # PACKAGE… ROOT
  local root=${*: -1}
  unpack_packages "$root" "${@:1:$#-1}"
  people "$root" nonroot:65532:/
  mkdir -p "$root"/{tmp,etc}
  chmod 1777 "$root/tmp"
}

# A Java run-time with the modules that the product and the example need, under /opt/java.
java_layer() {
  kept_layer "$(jdk_identity; java_modules; declare -f java_runtime)" java_runtime
}

java_runtime() { # ROOT
  mkdir "$1/opt"
  "$(jdk)/bin/jlink" --add-modules "$(java_modules)" --no-header-files --no-man-pages --generate-cds-archive \
    --output "$1/opt/java" >&2
  # For heaps beyond 32 GB.
  rm "$1"/opt/java/lib/server/classes_nocoops.jsa
}

java_modules() { grep -v '^#' "$images/java-modules" | xargs | tr ' ' ,; }

jdk_identity() { cat "$(jdk)/release"; }

java_inputs() {
  jdk_identity
  package_versions libc6
}

jdk() { "$project/e2e/jdk"; }

# The application as Maven leaves it.
application=$project/target/quarkus-app

need_application() {
  [ -f "$application/quarkus-run.jar" ] || die "the application is not built yet: ./mvnw package"
}
