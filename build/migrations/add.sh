#!/bin/sh
# Adds a migration for both providers: build/migrations/add.sh AddSomething
set -eu
cd "$(dirname "$0")/../.."
dotnet tool restore >/dev/null
dotnet build build/migrations -p:RunAnalyzers=false >/dev/null
for provider in Sqlite Postgres; do
  dotnet ef migrations add "$1" --no-build --project Wfm.Api --startup-project build/migrations \
    --context "${provider}WfmDbContext" --output-dir "Persistence/Migrations/$provider"
done
