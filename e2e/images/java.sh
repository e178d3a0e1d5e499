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

# A Java run-time with the modules that the product and the example need, and others, under /opt/java. java_layer [MODULE…]
java_layer() {
  kept_layer "$(jdk_identity; java_modules "$@"; declare -f java_runtime)" java_runtime "$(java_modules "$@")"
}

java_runtime() { # MODULES ROOT
  mkdir "$2/opt"
  "$(jdk)/bin/jlink" --add-modules "$1" --no-header-files --no-man-pages --generate-cds-archive \
    --output "$2/opt/java" >&2
  # For heaps beyond 32 GB.
  rm "$2"/opt/java/lib/server/classes_nocoops.jsa
}

java_modules() { { grep -v '^#' "$images/java-modules"; printf '%s\n' "$@"; } | xargs | tr ' ' ,; }

jdk_identity() { cat "$(jdk)/release"; }

# What a pom.xml depends on, from Maven Central, in a folder of the image.
maven_layer() { # POM PLACE
  kept_layer "$2 $(cat "$1"; declare -f maven_root)" maven_root "$@"
}

maven_root() { # POM PLACE ROOT
  JAVA_HOME=$(jdk) "$project/mvnw" --batch-mode --no-transfer-progress --quiet --file "$1" dependency:copy-dependencies \
    -DoutputDirectory="$3/$2" >&2
}

# A program of the shell that starts one in Java, and the shell.
java_program_layer() { layer java_program_root "$1"; } # FILE

java_program_root() { # FILE ROOT
  mkdir -p "$2/usr/bin"
  cp "$1" "$2/usr/bin/"
  cp "$(command -v busybox)" "$2/usr/bin/"
  ln -s busybox "$2/usr/bin/sh"
}

java_program_inputs() {
  java_inputs
  busybox | sed -n 1p
}

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
