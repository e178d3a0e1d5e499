# MariaDB and MySQL in an image. Sourced by build.
# shellcheck shell=bash

# The user and the folders of the official images. mysql_folders ROOT
mysql_folders() {
  people "$1" mysql:999:/var/lib/mysql
  mkdir -p "$1"/{tmp,run/mysqld,docker-entrypoint-initdb.d,var/lib/mysql}
  rm -rf "$1/var/run"
  ln -s /run "$1/var/run"
  chmod 1777 "$1/tmp" "$1/run/mysqld"
}

mysql_entrypoint() { # NAME ROOT
  install -m 755 "$images/$1/entrypoint" "$images/first-start" "$images/first-start-mysql" "$2/"
}
