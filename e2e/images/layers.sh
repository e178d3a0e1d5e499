# Layers and images by hand. Sourced by build, and by e2e/mysql.
# shellcheck shell=bash

# docker or packages: see build.
way_of_building() {
  case ${E2E_IMAGES:-} in
    docker | packages) echo "$E2E_IMAGES" ;;
    "") if docker info >/dev/null 2>&1; then echo docker; else echo packages; fi ;;
    *) die "E2E_IMAGES is either docker or packages, not $E2E_IMAGES" ;;
  esac
}

# Layers that do not depend on the project's own code, under the digest of what they are made from.
layer_cache=${XDG_CACHE_HOME:-$HOME/.cache}/schemaversion/layers

# Adds a layer. kept_layer KEY COMMAND…: the command fills the folder it gets as last argument; the key says what the
# outcome depends on. The same key has the same layer, byte for byte, also on another day.
kept_layer() {
  local key file
  key=$(sha256sum <<<"$1" | cut -c -32)
  file=$layer_cache/$key.tar
  if [ ! -f "$file" ]; then
    mkdir -p "$layer_cache"
    layer_of "$file" "${@:2}"
  fi
  layers+=("$file")
}

# Adds a layer that is made anew each time.
layer() { # COMMAND…
  local file=$work/layer${#layers[@]}.tar
  layer_of "$file" "$@"
  layers+=("$file")
}

layer_of() { # FILE COMMAND…
  local root
  root=$(mktemp -d "$work/root.XXXXXX")
  chmod 755 "$root"
  "${@:2}" "$root"
  tar --create --file "$1.partial" --directory "$root" --format gnu --sort name --mtime @0 --owner 0 --group 0 --numeric-owner .
  mv "$1.partial" "$1"
  rm -rf "$root"
}

# Puts layers together in the form of "docker save", which Docker, containerd and skopeo read.
# The recipe's "config" prints the JSON of the image's configuration (entry point, user, environment).
assemble() { # NAME FILE
  local folder=$work/image file digest digests=() files=()
  mkdir "$folder"
  for file in "${layers[@]}"; do
    digest=$(sha256sum "$file" | cut -d ' ' -f 1)
    ln -f "$file" "$folder/$digest.tar" 2>/dev/null || cp "$file" "$folder/$digest.tar"
    digests+=("\"sha256:$digest\"")
    files+=("\"$digest.tar\"")
  done
  printf '{"architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]}}' \
    "$(architecture)" "$(config)" "$(join , "${digests[@]}")" >"$folder/config.json"
  printf '[{"Config":"config.json","RepoTags":["localhost/%s:dev"],"Layers":[%s]}]' \
    "$1" "$(join , "${files[@]}")" >"$folder/manifest.json"
  tar --create --file "$2" --directory "$folder" --format gnu --sort name --mtime @0 --owner 0 --group 0 --numeric-owner --hard-dereference \
    --transform "s,^\./,," .
}

# containerd silently leaves out an image that names no architecture, or another.
architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}

join() { # SEPARATOR WORD…
  local IFS=$1
  echo "${*:2}"
}

# One line that changes when a file in the folder does, or its name.
tree_digest() { # FOLDER…
  find "$@" -type f -print0 | sort -z | xargs -0 -r sha256sum | sha256sum
}

# Installs commands' packages on this machine where they are missing. needs COMMAND:PACKAGE…
needs() {
  local entry missing=()
  for entry; do
    command -v "${entry%%:*}" >/dev/null || missing+=("${entry#*:}")
  done
  ((${#missing[@]})) || return 0
  can_install_packages || die "these programs are needed (named as Debian's packages), please install them: ${missing[*]}"
  install_packages "${missing[@]}"
}

# The versions that would be unpacked: part of a layer's key.
package_versions() { # PACKAGE…
  fill_lists "$1"
  apt_cache show --no-all-versions "$@" | sed -n "s/^\(Package\|Version\): //p"
}

# Unpacks packages, and only these, into a folder: no scripts run, nothing is registered.
unpack_packages() { # ROOT PACKAGE…
  local root=$1 debs=$work/debs deb link
  mkdir -p "$debs" "$root"/usr/{bin,sbin,lib}
  # As Debian has it since 2019; some packages still say /lib.
  for link in bin sbin lib; do ln -s "usr/$link" "$root/$link"; done
  if [ "$(architecture)" = amd64 ]; then mkdir "$root/usr/lib64" && ln -s usr/lib64 "$root/lib64"; fi
  (cd "$debs" && apt-get download -qq -o APT::Sandbox::User=root "${@:2}" >&2)
  for deb in "$debs"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar --extract --directory "$root" --keep-directory-symlink --no-same-owner
  done
  rm -rf "$debs"
  find "$root/usr/share/doc" -not -type d -not -name copyright -delete 2>/dev/null || true
  rm -rf "$root"/usr/share/{man,info,locale,lintian,bash-completion,gcc,menu,pixmaps,applications}
}

# Distributions for containers turn off the cache that makes apt-cache quick; so we keep one.
apt_cache() {
  mkdir -p "$layer_cache"
  apt-cache -o Dir::Cache::pkgcache="$layer_cache/apt.bin" "$@"
}

# Fills apt's lists where they are empty, as they are in container images.
fill_lists() { # PACKAGE
  apt_cache show "$1" >/dev/null 2>&1 || apt-get update -qq >&2
}

# Packages and what they depend on, the first alternative each, without descending into those that are left out.
packages_behind() { # LEFT_OUT (a regular expression) PACKAGE…
  local left_out=$1 wanted=("${@:2}") package dependency
  local -A taken=()
  while ((${#wanted[@]})); do
    package=${wanted[0]}
    wanted=("${wanted[@]:1}")
    [ -z "${taken[$package]:-}" ] || continue
    taken[$package]=1
    for dependency in $(first_dependencies "$package" | grep -v -x -E "$left_out"); do
      wanted+=("$dependency")
    done
  done
  printf '%s\n' "${!taken[@]}" | sort
}

# "|Depends:" says that the next line is an alternative to this one; "<name>" is not a package.
first_dependencies() { # PACKAGE
  apt_cache depends --important "$1" | awk '
    /Depends:/ { if (!alternative && $2 !~ /^</) print $2; alternative = $1 ~ /^\|/ }'
}

# Busybox as the shell, and as each program that no package has brought.
busybox_programs() { # ROOT
  local applet
  cp "$(command -v busybox)" "$1/usr/bin/busybox"
  for applet in $(busybox --list); do
    [ -e "$1/usr/bin/$applet" ] || [ -e "$1/usr/sbin/$applet" ] || ln -s busybox "$1/usr/bin/$applet"
  done
}

# Fails, naming the library, unless a program in a root file system finds all of its libraries there.
loads() { # ROOT PROGRAM
  local missing
  missing=$(chroot "$1" "$(loader "$1")" --list "$2" | grep 'not found') || return 0
  die "$2 lacks $missing"
}

# The libraries that a program in a root file system loads, by their paths there.
loaded() { # ROOT PROGRAM
  chroot "$1" "$(loader "$1")" --list "$2" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p'
}

loader() { # ROOT
  (cd "$1" && ls -d /lib64/ld-linux-*.so.* /lib/ld-linux-*.so.* 2>/dev/null | sed -n 1p)
}

# Fills a folder with a copy of one of the project's, at a place in the image. copied FOLDER PLACE ROOT
copied() {
  mkdir -p "$(dirname "$3/$2")"
  cp -r "$1" "$3/$2"
  chmod -R a+rX "$3/$2"
}

# Users, and where names are looked up. people ROOT NAME:ID:HOME
people() {
  local name id home
  IFS=: read -r name id home <<<"$2"
  mkdir -p "$1/etc"
  printf 'root:x:0:0:root:/:/sbin/nologin\n%s:x:%s:%s:%s:%s:/sbin/nologin\n' "$name" "$id" "$id" "$name" "$home" >"$1/etc/passwd"
  printf 'root:x:0:\n%s:x:%s:\n' "$name" "$id" >"$1/etc/group"
  printf 'hosts: files dns\npasswd: files\ngroup: files\n' >"$1/etc/nsswitch.conf"
}
