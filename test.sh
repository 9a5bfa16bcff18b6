#!/usr/bin/env bash
# Runs every check of the project on a machine that has the .NET SDK and nothing else: installs what the tests need (Debian packages),
# restores the locked packages, builds with warnings as errors, checks the formatting, runs all tests, those of the console too.
# The last line is "N passed, N failed" (", N skipped" where there are any); the exit code is 0 only if nothing failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false # nothing stays behind that would hold the output open
export WFM_REQUIRE_POSTGRES=1                               # without PostgreSQL its tests fail; they are not left out

fail() {
  echo "test.sh: $*"
  echo "0 passed, 1 failed"
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
  command -v apt-get >/dev/null || fail "please install $1: only Debian's apt-get is known here"
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || fail "please install $1 as root: apt-get install $1"
}

updated=
apt_install() {
  if [ -z "$updated" ]; then
    as_root apt-get update -qq || fail "apt-get update failed"
    updated=1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null || fail "apt-get could not install $*"
}

have_postgres() {
  local folder
  for folder in ${PATH//:/ } /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then return 0; fi
  done
  return 1
}

have_openmp() { # for ML.NET's LightGBM, which is for x64 only
  [ "$(uname -m)" != x86_64 ] || [[ $(/sbin/ldconfig -p) == *libgomp.so.1* ]]
}

have_browser() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

have_node() { # for the console; Debian's is new enough
  command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
}

command -v dotnet >/dev/null || fail "the .NET SDK is missing: https://dotnet.microsoft.com/download ($(grep -o '"version": "[^"]*"' global.json))"
if [ -z "${WFM_TEST_POSTGRES:-}" ] && ! have_postgres; then
  can_install postgresql
  echo "== installing PostgreSQL"
  apt_install postgresql-common
  # The tests make clusters of their own, so Debian need not make and start one.
  as_root sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  apt_install postgresql
  have_postgres || fail "PostgreSQL was installed, but initdb is nowhere"
fi
if ! have_openmp; then
  can_install libgomp1
  echo "== installing OpenMP"
  apt_install libgomp1
fi
if [ -d Wfm.Tests/EndToEnd ] && grep -rqi --include='*.cs' chromium Wfm.Tests/EndToEnd && ! have_browser; then
  can_install chromium
  echo "== installing Chromium"
  apt_install chromium
fi
if ! have_node; then
  can_install nodejs
  echo "== installing Node.js"
  apt_install nodejs npm
  have_node || fail "Node.js 20.19 or later is needed, apt-get installed $(node --version)"
fi
if ! command -v ip >/dev/null; then # networks of their own for the tests of a worker that is cut off
  can_install iproute2
  echo "== installing iproute2"
  apt_install iproute2
fi

echo "== restore"
dotnet restore Wfm.sln --locked-mode || fail "the packages could not be restored in locked mode"
echo "== build, with the analyzers and the code style as errors"
dotnet build Wfm.sln -c Release --no-restore -warnaserror || fail "the build has errors or warnings"
echo "== format"
dotnet format whitespace Wfm.sln --verify-no-changes --no-restore || fail "the formatting differs: run dotnet format Wfm.sln"

echo "== console: types, style"
(cd Wfm.Api/Ui && npm run --silent check) || fail "the console does not compile"
(cd Wfm.Api/Ui && npm run --silent lint) || fail "the console's style differs: run npm run format in Wfm.Api/Ui"

echo "== test"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
console=0
(cd Wfm.Api/Ui && npm test --silent -- --reporter=default --reporter=json --outputFile.json="$results/console.json") || console=$?
dotnet test Wfm.sln -c Release --no-build --results-directory "$results" --logger "trx;LogFilePrefix=run" --logger "console;verbosity=minimal" \
  --blame-hang-timeout 15m --blame-hang-dump-type none || status=$?

count() { # sum of one counter over the result files; 0 where there is none
  { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' || true; } |
    awk '{ sum += $1 } END { print sum + 0 }'
}
of_console() { # one counter of the console's unit tests
  { grep -o "\"$1\":[0-9]*" "$results/console.json" 2>/dev/null || echo 0; } | head -n 1 | tr -dc '0-9'
}
passed=$(($(count passed) + $(of_console numPassedTests)))
failed=$(($(count failed) + $(of_console numFailedTests)))
skipped=$(($(count total) - $(count executed) + $(of_console numPendingTests)))
if [ "$console" != 0 ] && [ "$(of_console numFailedTests)" = 0 ]; then
  echo "test.sh: the console's tests ended with $console although none failed: a file of theirs does not load"
  failed=$((failed + 1))
fi
if [ "$passed" = 0 ] && [ "$failed" = 0 ]; then
  echo "test.sh: no test ran"
  failed=1
elif [ "$status" != 0 ] && [ "$failed" = 0 ]; then
  echo "test.sh: the test run ended with $status although no test failed: a test host died"
  failed=1
fi

summary="$passed passed, $failed failed"
[ "$skipped" = 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
[ "$failed" = 0 ]
