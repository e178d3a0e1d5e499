# Layers and images by hand. Sourced by build.
# shellcheck shell=bash

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
# The recipe has set $config: the JSON of the image's configuration (entry point, user, environment).
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
    "$(architecture)" "$config" "$(join , "${digests[@]}")" >"$folder/config.json"
  printf '[{"Config":"config.json","RepoTags":["localhost/%s:dev"],"Layers":[%s]}]' \
    "$1" "$(join , "${files[@]}")" >"$folder/manifest.json"
  tar --create --file "$2" --directory "$folder" --format gnu --sort name --mtime @0 --owner 0 --group 0 --numeric-owner --hard-dereference .
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
  command -v apt-get >/dev/null || die "these programs are needed (named as Debian's packages), please install them: ${missing[*]}"
  say "installing Debian packages: ${missing[*]}"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# The versions that would be unpacked: part of a layer's key. Fills apt's lists where they are empty.
package_versions() { # PACKAGE…
  apt-get install --print-uris -qq --reinstall --no-install-recommends -o Dir::State::status=/dev/null "$1" >/dev/null 2>&1 || apt-get update -qq >&2
  apt-cache show --no-all-versions "$@" | sed -n 's/^\(Package\|Version\): //p'
}

# Unpacks packages, and only these, into a folder: no scripts run, nothing is registered.
unpack_packages() { # ROOT PACKAGE…
  local root=$1 debs=$work/debs deb link
  mkdir -p "$debs" "$root"/usr/{bin,sbin,lib}
  # As Debian has it since 2019; some packages still say /lib.
  for link in bin sbin lib; do ln -s "usr/$link" "$root/$link"; done
  if [ "$(architecture)" = amd64 ]; then mkdir "$root/usr/lib64" && ln -s usr/lib64 "$root/lib64"; fi
  (cd "$debs" && apt-get download -qq "${@:2}" >&2)
  for deb in "$debs"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar --extract --directory "$root" --keep-directory-symlink --no-same-owner
  done
  rm -rf "$debs"
  find "$root/usr/share/doc" -not -type d -not -name copyright -delete 2>/dev/null || true
  rm -rf "$root"/usr/share/{man,info,locale,lintian,bash-completion,gcc,menu,pixmaps,applications}
}
