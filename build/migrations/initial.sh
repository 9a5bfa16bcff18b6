#!/bin/sh
# Writes the schema anew for both providers as one migration, Initial. Until the first release there is nothing to upgrade from.
set -eu
cd "$(dirname "$0")/../.."
folder=Wfm.Api/Persistence/Migrations
dotnet tool restore >/dev/null
rm -rf "$folder"
dotnet build build/migrations -c Release -p:RunAnalyzers=false >/dev/null
for provider in Sqlite Postgres; do
  dotnet ef migrations add Initial --no-build --configuration Release --project Wfm.Api --startup-project build/migrations \
    --context "${provider}WfmDbContext" --output-dir "Persistence/Migrations/$provider"
  # one name, whenever it was written: the history of the files stays readable
  for file in "$folder/$provider"/*_Initial*.cs; do
    sed -i 's/\[Migration("[0-9]*_Initial")\]/[Migration("00000000000000_Initial")]/' "$file"
    mv "$file" "$folder/$provider/00000000000000_${file##*[0-9]_}"
  done
done
# the audit only grows, which the model cannot say: the last line of Up
for provider in Sqlite Postgres; do
  sed -i '0,/^        }$/s//\n            migrationBuilder.AppendOnly("audit_entries");\n        }/' "$folder/$provider/00000000000000_Initial.cs"
done
# the volumes of PostgreSQL lie in partitions, which the model cannot say: the last line of Up
sed -i '0,/^        }$/s//\n            migrationBuilder.PartitionByTime("volumes", "series_id", "interval_start");\n        }/' "$folder/Postgres/00000000000000_Initial.cs"
