#!/usr/bin/env bash
# Starts two nodes of one cluster on this machine, on ports 8081 and 8082, against one PostgreSQL database:
#   deploy/two-nodes.sh 'Host=localhost;Database=sessions;Username=sessions;Password=…'
# Ctrl-C drains and stops both.
set -euo pipefail
cd "$(dirname "$0")/.."
export ConnectionStrings__Sessions=${1:?the Npgsql connection string of an empty or existing database}

dotnet build -c Release src/Orleans.Sessions.Host
host=src/Orleans.Sessions.Host/bin/Release/net10.0/Orleans.Sessions.Host.dll
for node in 1 2; do
    Sessions__DataPath=./data/node$node \
    Orleans__Endpoints__SiloPort=1111$node Orleans__Endpoints__GatewayPort=3000$node \
        dotnet "$host" --urls "http://localhost:808$node" &
done
trap 'kill $(jobs -p) 2>/dev/null; wait' INT TERM
wait
