# Sourced by ./run, ./test and ./bench: what they need from the machine, and how they show their progress.

logs=${logs:-$PWD/.local/logs}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# step LABEL COMMAND...: one line with the time that it took; what the command prints is shown only when it fails.
step() {
  local label=$1 log pid status=0 started=$SECONDS
  shift
  log="$logs/$(tr -cs 'A-Za-z0-9' '-' <<<"${label,,}" | sed 's/-$//').log"
  mkdir -p "$logs"
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  # Background commands of a script ignore Ctrl-C, so it is passed on.
  trap 'kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; printf "\n"; exit 130' INT TERM
  while [ -t 1 ] && kill -0 "$pid" 2>/dev/null; do
    printf '\r  \e[2m…\e[0m %-18s \e[2m%5d s\e[0m' "$label" $((SECONDS - started))
    sleep 0.2
  done
  wait "$pid" || status=$?
  trap - INT TERM
  [ -t 1 ] && printf '\r\e[K'
  if [ $status -ne 0 ]; then
    printf '  %s %s\n\n' "$(paint 31 ✗)" "$label"
    # A build repeats each error at its end; elsewhere the end says what went wrong.
    grep -E '(error|warning) [A-Z]+[0-9]+:' "$log" | sort -u | head -20 | grep . || tail -20 "$log"
    fail "$label failed; all of its output is in ${log#"$PWD"/}."
  fi
  printf '  %s %-18s %s\n' "$(paint 32 ✓)" "$label" "$(paint 2 "$(printf '%5d s' $((SECONDS - started)))")"
}

paint() {
  if [ -t 1 ]; then printf '\e[%sm%s\e[0m' "$1" "$2"; else printf '%s' "$2"; fi
}

# The two runtimes that nobody but the user can install.
check_runtimes() {
  local node
  command -v dotnet >/dev/null || fail "The .NET SDK 10 is not installed: see https://dotnet.microsoft.com/download."
  dotnet --version >/dev/null 2>&1 || fail "The .NET SDK 10 is needed (global.json); installed are: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')."
  command -v node >/dev/null && command -v npm >/dev/null || fail "Node 20 or newer with npm is not installed: see https://nodejs.org."
  node=$(node --version)
  [ "$(cut -d. -f1 <<<"${node#v}")" -ge 20 ] || fail "Node 20 or newer is needed; installed is $node."
}

# The module that SoftHSM keeps in one of two places, by architecture.
softhsm_module() {
  ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2>/dev/null | head -1
}

install_softhsm() {
  [ -n "$(softhsm_module)" ] && command -v softhsm2-util >/dev/null && return
  command -v apt-get >/dev/null || fail "SoftHSM 2 is not installed, and there is no apt-get to install it with: install softhsm2 by hand."
  [ "$(id -u)" -eq 0 ] || fail "SoftHSM 2 is not installed: run 'sudo apt-get install softhsm2', then this again."
  step "Install SoftHSM" sh -c 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends softhsm2'
}

# A Bitcoin node, in a folder of its own. Where none can be had, that is said and Ethereum goes on without it; where CI runs there
# must be one, or its tests would be skipped unseen.
install_bitcoind() {
  local log=$logs/bitcoind.log
  [ -x azurite/bitcoind/node/bitcoind ] && return
  mkdir -p "$logs"
  if [ "${CI:-}" = true ]; then
    step "Bitcoin node" azurite/bitcoind/prepare.sh azurite/bitcoind/node
  elif azurite/bitcoind/prepare.sh azurite/bitcoind/node >"$log" 2>&1; then
    printf '  %s Bitcoin node\n' "$(paint 32 ✓)"
  else
    printf '  - There is no Bitcoin node, and its tests are skipped: %s\n' "$(tail -1 "$log")"
  fi
}

# install_npm [--omit=dev]: what the local stack needs, and without the option viem too.
install_npm() {
  install_npm_in azurite "npm packages" "$@"
}

# install_npm_in FOLDER LABEL [--omit=dev]: again only when the lock file changed, or when more is wanted than was installed.
install_npm_in() {
  local folder=$1 label=$2 stamp=$1/node_modules/.custody-installed wanted
  shift 2
  wanted="$(sha256sum <"$folder/package-lock.json")"
  if [ -f "$stamp" ] && grep -qF "$wanted" "$stamp" && { [ "${1:-}" = --omit=dev ] || ! grep -qF -- --omit=dev "$stamp"; }; then
    return
  fi
  step "$label" npm --prefix "$folder" ci --no-audit --no-fund "$@"
  printf '%s%s\n' "$wanted" "${1:-}" >"$stamp"
}
