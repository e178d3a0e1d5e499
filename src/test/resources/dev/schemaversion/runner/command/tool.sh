#!/bin/sh
# A migration tool as many programs have one: it applies the files of a folder in order, each once, up to the version that is
# asked for, and records each in a table of its own. It commits each statement by itself.
#   tool.sh migrate|stamp VERSION
# Environment: CLIENT, the program that runs SQL; SLOW, a slow statement; FILES, the folder; TRICK, what goes wrong, on the server at REAL_PORT only if
# it begins with "real".
set -eu
sql() { $CLIENT; }

case ${TRICK:-} in
  "real "*) if [ "$PORT" = "$REAL_PORT" ]; then TRICK=${TRICK#real }; else TRICK=; fi ;;
esac
case ${TRICK:-} in
  nothing) echo "nothing to do"; exit 0 ;;
  hang) echo "waiting"; sleep 600 ;;
  noise) i=0; while [ $i -lt 20000 ]; do echo "line $i of the output of this tool, which has a lot to say"; i=$((i + 1)); done ;;
  password) echo "connecting with ${SECRET}"; echo "or $SECRET_URI" >&2 ;;
  refuse) echo "I will not" >&2; exit 3 ;;
esac

# The deployment is another one each time, as with Liquibase.
recorded=$(sql <<SQL
CREATE TABLE IF NOT EXISTS tool_history (version varchar(100) PRIMARY KEY, deployment varchar(100),
  applied_at timestamp NOT NULL DEFAULT current_timestamp);
SELECT version FROM tool_history;
SQL
)
is_recorded() { echo "$recorded" | grep -qx "$1"; }

for file in "$FILES"/*.sql; do
  version=$(basename "$file" .sql)
  ! is_recorded "$2" || break
  if ! is_recorded "$version"; then
    echo "applying $version"
    if [ "${TRICK:-}" = "abandon in $version" ]; then
      echo "$SLOW" | sql &
      until [ "$(echo "SELECT count(*) $SLOW_RUNS" | sql)" = 1 ]; do :; done
      kill -KILL $$
    fi
    if [ "${TRICK:-}" = "dirty in $version" ]; then
      echo "INSERT INTO tool_history (version) VALUES ('$version (dirty)')" | sql
      exit 1
    fi
    {
      [ "$1" != migrate ] || cat "$file"
      echo
      [ "${TRICK:-}" = "die in $version" ] ||
        echo "INSERT INTO tool_history (version, deployment) VALUES ('$version', '${DEPLOYMENT:+$$}');"
    } | sql
    case ${TRICK:-} in "die in $version" | "die after $version") kill -KILL $$ ;; esac
  fi
  [ "$version" != "$2" ] || break
done
if [ "${TRICK:-}" = late ]; then
  echo "the last notification could not be sent" >&2
  exit 1
fi
