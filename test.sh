#!/usr/bin/env bash
# Builds the solution and runs every test: the one command that a clean clone needs.
#
# - Missing Debian packages are installed as root and named otherwise. The .NET SDK is only named: Debian 12 has none.
# - A project that fails does not stop the next one, so that one run shows everything that is broken.
# - Results and coverage stay in artifacts/test-results; .ci/report.cs sums them up, so no other tool is needed.
# - TEST_NO_BUILD=1 takes what is built already. Coverage is only printed here; .ci/run is red below a floor.
# - The last line is "N passed, N failed", whatever happens.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null # Nothing may wait for an answer, and standard input may be closed.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Tests run most code a few times: to profile it for a better compilation costs them a fifth of their time.
export DOTNET_TieredPGO=0

results=artifacts/test-results
group=

# The suites that decide the floors of coverage: those that run the product in their own process. To rewrite all assemblies
# for coverage takes longer than most of the others run.
measured=' Behaviour CliTests Cluster StorageTests Unit '

# command:package, what the tests call beside the SDK. The test of a full disk mounts a tiny tmpfs; the tests of
# PostgreSQL run its server, and a pooler before it, as another user than root; the manifests are rendered by kubectl; the storm cuts networks by ip.
tools=(
  mount:mount
  setpriv:util-linux
  postgres:postgresql
  pgbouncer:pgbouncer
  kubectl:kubernetes-client
  ip:iproute2
)

# Without it, the package of PostgreSQL would make a cluster and start it. The tests make and start their own.
no_cluster=/etc/postgresql-common/createcluster.d/orleans-workflows.conf

# Without it, the package of PgBouncer would start a pooler for the whole machine.
no_services=/usr/sbin/policy-rc.d

fail() {
  printf 'test.sh: %s\n' "$1" >&2
  printf '0 passed, 1 failed\n'
  exit 1
}

# Debian keeps the programs of PostgreSQL's server off PATH, and those of services off that of users.
is_installed() {
  command -v "$1" >/dev/null || [[ -x /usr/sbin/$1 ]] || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null
}

install_tools() {
  local tool missing=() code=0 services=
  for tool in "${tools[@]}"; do
    is_installed "${tool%%:*}" || missing+=("${tool#*:}")
  done
  if ((${#missing[@]} == 0)); then
    return
  fi

  if ((EUID != 0)); then
    fail "missing Debian packages: ${missing[*]}"
  fi

  export DEBIAN_FRONTEND=noninteractive
  mkdir -p "${no_cluster%/*}"
  printf 'create_main_cluster = false\n' >"$no_cluster"
  if [[ ! -e $no_services ]]; then
    services=$no_services
    printf '#!/bin/sh\nexit 101\n' >"$services" && chmod +x "$services"
  fi
  apt-get update && apt-get install -y --no-install-recommends "${missing[@]}" || code=$?
  rm -f "$no_cluster" ${services:+"$services"} # They are only for this installation.
  ((code == 0)) || fail "could not install: ${missing[*]}"
}

# What a test leaves running, a hung test host or a silo, dies with its project.
end_group() {
  if [[ -n $group ]]; then
    kill -KILL -- "-$group" 2>/dev/null || true
    group=
  fi
}

run_tests() {
  local project=$1 directory=$results/$2 coverage=() code=0
  mkdir -p "$directory"
  if [[ $measured == *" $2 "* ]]; then
    coverage=(--collect 'XPlat Code Coverage' --settings Tests/coverage.runsettings)
  fi
  printf '\n== %s\n' "$2"
  set -m # Gives the next command a process group of its own.
  # A test that hangs fails its project after five minutes.
  dotnet test "$project" --no-build --results-directory "$directory" \
    --logger 'trx;LogFileName=results.trx' "${coverage[@]}" \
    --blame-hang-timeout 5min --blame-hang-dump-type none &
  set +m
  group=$!
  wait "$group" || code=$?
  end_group
  printf '%s\n' "$code" >"$directory/exit-code"
}

[[ "$(dotnet --version 2>/dev/null)" == 10.* ]] || fail 'missing: the .NET SDK 10, see global.json'
install_tools

trap end_group EXIT
trap 'exit 130' INT TERM

rm -rf "$results"
if [[ -z ${TEST_NO_BUILD:-} ]]; then
  dotnet build Orleans.Workflows.sln || fail 'the build failed'
fi

# A project of Tests is a test project unless it says that it is none, one of Samples if it says so. To ask MSBuild takes a
# second and more for each.
for project in $(grep -L '<IsTestProject>false' Tests/*/*.csproj) $(grep -l '<IsTestProject>true' Samples/*/*.csproj); do
  run_tests "$project" "$(basename "$project" .csproj)"
done

printf '\n== Coverage\n'
dotnet run --file .ci/report.cs -- coverage || printf 'The coverage cannot be read.\n'
printf '\n== Tests\n'
summary=$(dotnet run --file .ci/report.cs -- tests) || red=1
printf '%s\n' "$summary"
[[ ${summary##*$'\n'} == *' passed, '*' failed'* ]] || fail 'the results cannot be summed up'
exit "${red:-0}"
