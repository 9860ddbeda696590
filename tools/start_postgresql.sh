#!/bin/sh
# Starts a throw-away PostgreSQL on a free port of this machine only, and prints its URL. Debian's package is installed if there is none.
#   eval "$(sh tools/start_postgresql.sh)"     sets RIGHTPLACE_TEST_DATABASE and POSTGRESQL_FOLDER
#   sh tools/start_postgresql.sh stop "$POSTGRESQL_FOLDER"
# Everything it keeps is in one new folder under /tmp, which "stop" removes. PostgreSQL refuses to run as root, so root runs it as the user postgres.
set -eu

find_bin() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n -r); do
        if [ -x "$folder/initdb" ]; then echo "$folder"; return; fi
    done
    if command -v initdb >/dev/null 2>&1; then dirname "$(command -v initdb)"; fi
}

as_owner() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

bin=$(find_bin)
if [ "${1:-}" = stop ]; then
    as_owner "$bin/pg_ctl" --pgdata "$2/data" --mode immediate --silent stop >/dev/null
    rm -rf "$2"
    exit 0
fi

if [ -z "$bin" ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "PostgreSQL is needed: install your system's package (on Debian: sudo apt-get install postgresql)." >&2
        exit 1
    fi
    echo "Installing Debian's PostgreSQL (once)." >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends postgresql; } >&2
    bin=$(find_bin)
fi

folder=$(mktemp -d /tmp/rightplace-postgresql.XXXXXX)
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
as_owner "$bin/initdb" --pgdata "$folder/data" --auth trust --username rightplace --encoding UTF8 --locale C.UTF-8 >/dev/null
# Nothing here need outlive a power cut.
as_owner "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait --silent \
    --options "-h 127.0.0.1 -p $port -k $folder -c fsync=off -c full_page_writes=off -c synchronous_commit=off" start >/dev/null
as_owner "$bin/createdb" --host "$folder" --port "$port" --username rightplace rightplace
echo "export RIGHTPLACE_TEST_DATABASE=postgresql://rightplace@127.0.0.1:$port/rightplace"
echo "export POSTGRESQL_FOLDER=$folder"
