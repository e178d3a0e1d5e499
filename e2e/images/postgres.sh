# PostgreSQL in an image. Sourced by build.
# shellcheck shell=bash

# The newest that the distribution has. The metapackage is called "15+248+deb12u1".
postgres_version() {
  local version
  fill_lists postgresql
  version=$(apt_cache show --no-all-versions postgresql | sed -n 's/^Version: \([0-9]*\).*/\1/p')
  echo "${version:?the distribution has no PostgreSQL}"
}

# What Debian has around server and client and an image does without: what installs packages, Perl for its scripts, PAM's
# modules, and the compiler for JIT, which PostgreSQL does without when its library is not there.
postgres_left_out='adduser|debconf|dpkg|init-system-helpers|gcc-.*-base|perl.*|lib.*perl.*|libllvm.*|locales.*|netbase|openssl|postgresql.*-common|ssl-cert|ucf|libpam-modules.*|libpam-runtime|readline-common|sysvinit-utils|lsb-base'

# pg_dump alone, with the libraries that it loads, less those that java_base_layer has.
pg_dump_layer() {
  local version packages
  version=$(postgres_version)
  packages=$(packages_behind "$postgres_left_out" "postgresql-client-$version")
  # shellcheck disable=SC2086 # lists of words
  kept_layer "$(package_versions $packages; declare -f pg_dump_root unpack_packages loaded loader)" pg_dump_root "$version" $packages
}

pg_dump_root() { # VERSION PACKAGE… ROOT
  local version=$1 root=${*: -1} whole=$work/postgresql-client program library package
  program=/usr/lib/postgresql/$version/bin/pg_dump
  unpack_packages "$whole" "${@:2:$#-2}"
  loads "$whole" "$program"
  mkdir -p "$root"/usr/{bin,lib,share/doc}
  ln -s usr/lib "$root/lib"
  cp "$whole$program" "$root/usr/bin/"
  for library in $(loaded "$whole" "$program"); do
    case ${library##*/} in
      libc.so.* | libm.so.* | libresolv.so.* | libpthread.so.* | libdl.so.* | librt.so.* | libz.so.* | ld-linux*) continue ;;
    esac
    mkdir -p "$root$(dirname "$library")"
    cp --dereference "$whole$library" "$root$library"
  done
  # Each library under its licence.
  for package in "$whole"/usr/share/doc/*; do
    cp -r "$package" "$root/usr/share/doc/"
  done
  rm -rf "$whole"
}

# What pg_dump_layer depends on.
pg_dump_inputs() { package_versions "postgresql-client-$(postgres_version)" libpq5; }
