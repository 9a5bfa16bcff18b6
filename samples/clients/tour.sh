#!/usr/bin/env bash
# A tour of the API with curl: volumes in, forecast, requirement, roster, the shifts of one person.
# Start the demo first (dotnet run -c Release --project Wfm.Api -- demo) and put its admin key into KEY:
#   KEY=wfm_… samples/clients/tour.sh
set -euo pipefail
: "${KEY:?Set KEY to the admin key that the demo printed.}"
WFM=${WFM:-http://127.0.0.1:5080}

# Every call: the key, and the body of a refusal instead of silence. (--json needs curl 7.82 or later.)
wfm() { curl --silent --show-error --fail-with-body --header "X-Api-Key: $KEY" "$@"; }

# The value of one field of a JSON answer; enough for flat fields, without jq.
field() { grep -o "\"$1\":\"\?[^\",}]*" | head -n 1 | sed 's/^[^:]*:"\?//'; }

# Waits for a job and prints the path of what it made.
finish() {
  wfm "$WFM$1/events" | grep '^event:' >&2 || true   # the stream ends with the job
  local job; job=$(wfm "$WFM$1")
  if [ "$(field state <<< "$job")" != succeeded ]; then echo "$1: $(field error <<< "$job")" >&2; return 1; fi
  field result <<< "$job"
}

echo "1. Volumes: two years of half-hours of a queue; sending them again changes nothing."
wfm "$WFM/api/v1/volumes?hub=dub&queue=hate-speech-en&format=csv" \
  | wfm "$WFM/api/v1/volumes:import" --header "Content-Type: text/csv" --data-binary @- | cut -c 1-200

echo "2. Forecast of six weeks for Dublin, in a job."
forecast=$(finish "$(wfm "$WFM/api/v1/forecasts" --json '{"hub":"dub","horizonDays":42,"publish":true}' | field job)")
wfm "$WFM$forecast" | cut -c 1-600

echo "3. Heads required, 80 % and 90 % sure."
requirement=$(finish "$(wfm "$WFM/api/v1/requirements" --json '{"hub":"dub","riskLevels":[0.8,0.9]}' | field job)")
wfm "$WFM$requirement" | cut -c 1-600

echo "4. A roster of four weeks for them."
roster=$(finish "$(wfm "$WFM/api/v1/rosters" --json '{"hub":"dub","riskLevel":0.8,"maximumMoves":500000}' | field job)")
wfm "$WFM$roster"; echo

echo "5. The first shifts of one person in it."
wfm "$WFM$roster/shifts?agent=dub-001&limit=2"; echo

echo "6. What is published for that person from today on."
wfm "$WFM/api/v1/agents/dub-001/shifts?from=$(date +%F)" | cut -c 1-600; echo

echo "7. What the forecast of a week ago was worth."
from=$(wfm "$WFM/api/v1/forecasts?hub=dub&state=superseded&limit=1000" | grep -o '"cutOff":"[^"]*' | sort | head -n 1 | cut -d '"' -f 4)
to=$(wfm "$WFM/api/v1/forecasts?hub=dub&state=published" | field cutOff)
wfm "$WFM/api/v1/forecasts/accuracy?hub=dub&from=$from&to=$to" | cut -c 1-600; echo
