#!/usr/bin/env bash
# Plays days at a hub hour by hour on a running server, through its API alone, and prints what Today projected against what became of the days.
# Start a demo whose clock stands first, and put its admin key into KEY:
#   dotnet run -c Release --project Wfm.Api -- demo --replay 0
#   KEY=wfm_… samples/clients/replay.sh --hub gru                  # one hard day (absence wave at nine, crisis at ten), without and with actions
#   KEY=wfm_… samples/clients/replay.sh --hub gru --days 5 --usual  # five usual days
# Each day is one of a seed: with and without actions it has the same contacts, handle times and absences. All that a day changes is taken back after it.
set -euo pipefail
: "${KEY:?Set KEY to the admin key that the demo printed.}"
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- --hub gru
exec dotnet run -c Release --project Wfm.Api -- replay --url "${WFM:-http://127.0.0.1:5080}" --key "$KEY" --act "$@"
