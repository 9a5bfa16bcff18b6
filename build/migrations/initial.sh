#!/bin/sh
# Writes the schema anew for both providers as one migration, Initial. Until the first release there is nothing to upgrade from.
set -eu
cd "$(dirname "$0")/../.."
dotnet tool restore >/dev/null
rm -rf Wfm.Api/Persistence/Migrations
dotnet build build/migrations -p:RunAnalyzers=false >/dev/null
for provider in Sqlite Postgres; do
  dotnet ef migrations add Initial --no-build --project Wfm.Api --startup-project build/migrations \
    --context "${provider}WfmDbContext" --output-dir "Persistence/Migrations/$provider"
done
