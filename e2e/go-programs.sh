# To be sourced after stage: builds Go programs once and keeps them, for all clones, in $keep. The script that sources it names
# itself in $me.
# shellcheck shell=bash

say() { echo "$me: $*" >&2; }
die() { say "$*"; exit 1; }

need_go() {
  command -v go >/dev/null || die "Go 1.26 or newer is needed to build $1, and there is none on the PATH"
}

# take_turns LOCK: one at a time, also among clones; the others wait and then find everything built.
take_turns() {
  mkdir -p "$keep"
  command -v flock >/dev/null || return 0
  exec {turn}>"$keep/$1"
  flock "$turn"
}

# Builds into a folder beside the wanted one and renames it, so that a folder which is there is whole.
# once FOLDER TITLE COMMAND…: the command gets the folder to fill in $OUT.
once() {
  local folder=$1 title=$2 OUT=$1.partial
  export OUT
  [ ! -d "$folder" ] || return 0
  need_go "$title"
  rm -rf "$OUT"
  mkdir -p "$OUT"
  stage "Go build of $title (once, kept in $keep)" "${@:3}"
  mv "$OUT" "$folder"
}

go_install() {
  (cd / && GOBIN=$OUT CGO_ENABLED=0 nice go install -ldflags '-s -w' "$1")
}

# Of the Go sources in a folder, so that another program gets another folder.
sources_digest() {
  (cd "$1" && cat -- *.go go.mod go.sum) | sha256sum | cut -c -8
}
