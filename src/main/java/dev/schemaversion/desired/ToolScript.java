package dev.schemaversion.desired;

/**
 * The shell script of the container with the user's migration tool. It runs the tool each time the
 * runner orders it to. Both share a folder, in which there are
 *
 * <dl>
 *   <dt>{@code orders}
 *   <dd>a FIFO with the orders: {@code run SECONDS}, with the time limit or 0, and {@code stop}
 *   <dt>{@code order}
 *   <dd>what to run, as a shell script that exports the environment and ends with {@code set --
 *       PROGRAM ARGUMENT…}
 *   <dt>{@code output}
 *   <dd>a FIFO with the output of the tool
 *   <dt>{@code cancel}
 *   <dd>a file by which the runner ends the tool before its limit
 *   <dt>{@code running}
 *   <dd>a file that is there while an order runs
 *   <dt>{@code exit}
 *   <dd>a file with the exit code, which ends the order; 137 if the container was restarted
 * </dl>
 *
 * <p>The image of the tool may contain no other program, and it may have another user than the
 * runner. So only the shell that is in that folder is used, and everyone may write into the folder.
 * The shell looks for the program in PATH itself, because it would prefer its own applets. Names of
 * variables begin with an underscore, in order not to change variables of the image.
 *
 * <p>The kubelet replaces {@code $$} and {@code $(NAME)} in commands, so the script has neither.
 *
 * <p>The shell is process 1. It handles SIGTERM, which the kernel would otherwise not deliver. It
 * kills what the tool leaves running, so that nothing changes the database after the order has
 * ended.
 */
public final class ToolScript {
  /** The variable that replaces the folder in tests. */
  public static final String FOLDER = "SCHEMAVERSION_TOOL";

  /** The script. */
  public static final String TEXT =
      """
      umask 0
      trap 'kill -KILL "$_watch" "-$_child" 2>/dev/null; exit 0' TERM INT
      _tool=${SCHEMAVERSION_TOOL:-/run/schemaversion/tool}
      read -r _self _ </proc/self/stat
      _order='
        umask 022
        . "$1/order"
        _find() {
          _rest=$PATH:
          while [ -n "$_rest" ]; do
            _file=${_rest%%:*}/$1
            _rest=${_rest#*:}
            if [ -f "$_file" ] && [ -x "$_file" ]; then echo "$_file"; return; fi
          done
        }
        case $1 in
          */*) exec "$@" ;;
        esac
        _program=$(_find "$1")
        if [ -z "$_program" ]; then echo "$1: not found in PATH"; exit 127; fi
        shift
        exec "$_program" "$@"
      '
      finish() { # EXIT_CODE
        echo "$1" >"$_tool/exit.new"
        "$_tool/busybox" rm -f "$_tool/cancel" "$_tool/running"
        # Ends a read of output that no process has opened for writing.
        : <>"$_tool/output"
        "$_tool/busybox" mv -f "$_tool/exit.new" "$_tool/exit"
      }
      watch() { # PROCESS SECONDS
        read -r _end _ </proc/uptime
        _end=$((${_end%.*} + 1 + $2))
        until [ -e "$_tool/cancel" ] || { [ "$2" -gt 0 ] && [ "${_now:-0}" -ge "$_end" ]; }; do
          "$_tool/busybox" sleep 0.2
          read -r _now _ </proc/uptime
          _now=${_now%.*}
        done
        kill -TERM "$1" "-$1"
        "$_tool/busybox" sleep 10
        kill -KILL "$1" "-$1"
      }
      run() { # SECONDS
        : >"$_tool/running"
        "$_tool/busybox" setsid "$_tool/busybox" sh -c "$_order" order "$_tool" \\
          </dev/null >"$_tool/output" 2>&1 3<&- &
        _child=$!
        watch "$_child" "$1" 2>/dev/null 3<&- &
        _watch=$!
        wait "$_child"
        _code=$?
        kill -KILL "$_watch" "-$_child" 2>/dev/null
        [ "$_self" -ne 1 ] || kill -KILL -1 2>/dev/null
        finish "$_code"
      }
      [ -p "$_tool/orders" ] || "$_tool/busybox" mkfifo "$_tool/orders"
      [ -p "$_tool/output" ] || "$_tool/busybox" mkfifo "$_tool/output"
      # Open for writing too: otherwise it would end with its first writer.
      exec 3<>"$_tool/orders"
      if [ -e "$_tool/running" ]; then
        finish 137
      elif [ -e "$_tool/exit.new" ]; then
        "$_tool/busybox" mv -f "$_tool/exit.new" "$_tool/exit"
      fi
      while read -r _word _seconds <&3; do
        case $_word in
          run) run "${_seconds:-0}" ;;
          stop) exit 0 ;;
        esac
      done
      """;

  private ToolScript() {}
}
