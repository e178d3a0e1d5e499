# Python in an image. Sourced by build.
# shellcheck shell=bash

# What Debian has around Python and an image does without.
python_left_out='gcc-.*-base|debconf|libdb5.3.*|libnsl2|libtirpc.*|libreadline.*|readline-common|libncursesw6|libtinfo6|media-types|mailcap|mime-support|openssl|adduser|dpkg'

# The distribution's Python, such as 3.11.
python_version() {
  local version
  fill_lists python3
  version=$(apt_cache depends python3 | sed -n 's/.*Depends: python\(3\.[0-9]*\)$/\1/p')
  echo "${version:?the distribution has no Python 3}"
}

# The root file system that Python needs, with busybox as the shell.
python_base_layer() {
  local version packages
  version=$(python_version)
  packages=$(packages_behind "$python_left_out" "python$version" libstdc++6 ca-certificates)
  # shellcheck disable=SC2086 # lists of words
  kept_layer "$(package_versions $packages; busybox | sed -n 1p; declare -f python_base compiled unpack_packages busybox_programs people)" python_base "$version" $packages
}

python_base() { # VERSION PACKAGE… ROOT
  local version=$1 root=${*: -1}
  unpack_packages "$root" "${@:2:$#-2}"
  rm -rf "$root"/usr/{include,games} "$root"/usr/lib/{systemd,valgrind} "$root"/usr/lib/python3*/{test,ensurepip,idlelib,lib2to3}
  ln -sf "python$version" "$root/usr/bin/python3"
  ln -sf python3 "$root/usr/bin/python"
  busybox_programs "$root"
  loads "$root" "/usr/bin/python$version"
  people "$root" nonroot:65532:/
  mkdir -p "$root"/{tmp,etc}
  chmod 1777 "$root/tmp"
  compiled "$version" "$root" "usr/lib/python$version"
}

# Packages from PyPI, with their programs in /usr/local/bin.
pip_layer() { # FILE (a list of requirements)
  local version
  version=$(python_version)
  kept_layer "$(cat "$1"; package_versions "python$version" python3-pip-whl; declare -f pip_root compiled)" pip_root "$version" "$1"
}

pip_root() { # VERSION FILE ROOT
  local version=$1 root=$3 place=usr/local/lib/python$1/dist-packages script
  mkdir -p "$root/$place" "$root/usr/local/bin"
  host_python "$version"
  set -- "$@" "$work"/python/usr/share/python-wheels/pip-*.whl
  image_python "$version" "$4/pip" install --quiet --no-compile --no-cache-dir \
    --root-user-action ignore --target "$root/$place" --requirement "$2" >&2
  # The first line of a script is the Python that installed it, in one of two ways.
  for script in "$root/$place"/bin/*; do
    if grep -q '^from .* import ' "$script"; then
      { echo "#!/usr/bin/python3"; sed -n '/^import re\|^import sys/,$p' "$script"; } >"$root/usr/local/bin/${script##*/}"
      chmod 755 "$root/usr/local/bin/${script##*/}"
    fi
  done
  rm -rf "${root:?}/$place/bin"
  # Data of a package, such as etc/glance.
  if [ -d "$root/$place/etc" ]; then mv "$root/$place/etc" "$root/usr/local/"; fi
  find "$root/$place" -type d -name tests -prune -exec rm -r {} +
  compiled "$version" "$root" "$place"
}

# Nothing can be compiled in a read-only root, and files in a layer have lost their times.
compiled() { # VERSION ROOT FOLDER
  image_python "$1" -m compileall -q -q --invalidation-mode unchecked-hash -s "$2" -p / "$2/$3" >&2 || true
}

# Runs the Python of the image. It is of the same distribution as this machine.
image_python() { # VERSION ARGUMENT…
  host_python "$1"
  PYTHONHOME=$work/python/usr PYTHONDONTWRITEBYTECODE=1 LD_LIBRARY_PATH=$(echo "$work"/python/usr/lib/*-linux-gnu) \
    nice "$work/python/usr/bin/python$1" "${@:2}"
}

host_python() { # VERSION
  [ ! -d "$work/python" ] || return 0
  # shellcheck disable=SC2046 # a list of words
  unpack_packages "$work/python" $(packages_behind "$python_left_out|ca-certificates" "python$1") python3-pip-whl
}

python_inputs() {
  busybox | sed -n 1p
  package_versions "python$(python_version)"
}
