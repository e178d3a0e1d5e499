# To be sourced after stage: installs packages of Debian where it is one, and whoever runs this is root.
# shellcheck shell=bash

can_install_packages() { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; }

install_packages() { # PACKAGE…
  stage "Debian packages $*" apt_install "$@"
}

apt_install() { # PACKAGE…
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
