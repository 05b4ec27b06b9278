#!/bin/bash
# Server mode on one machine without systemd or root's configuration: Mosquitto, PostgreSQL and the server, all on
# loopback, with everything in one folder. Ctrl-C stops all three; the folder stays, the next start goes on with it.
# Usage: deploy/try-server-mode.sh [FOLDER]    (default: /var/tmp/hanyouxu-server-mode)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-/var/tmp/hanyouxu-server-mode}
node=$root/node_modules/.bin/node
postgres=/usr/lib/postgresql/15/bin
http_port=${HY_HTTP_PORT:-8080} sql_port=${HY_TRY_SQL_PORT:-5433}
chip_port=${HY_TRY_CHIP_PORT:-8883} platform_port=${HY_TRY_PLATFORM_PORT:-8884}

for program in "$node" "$postgres/postgres" /usr/sbin/mosquitto; do
  [ -x "$program" ] && continue
  echo "缺少 / missing: $program (npm ci; apt-get install postgresql-15 mosquitto)" >&2
  exit 1
done

mkdir -p "$folder"/{state,mosquitto,database}
chmod 755 "$folder" && chmod 700 "$folder"/{state,mosquitto}
# PostgreSQL refuses to run as root.
as_database=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder/database"
  as_database=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi

started=()
stop() {
  trap - EXIT
  # The server first, so that nothing new comes; then what it stood on.
  for ((index = ${#started[@]} - 1; index >= 0; index--)); do
    kill -TERM "${started[index]}" 2>/dev/null || true
    wait "${started[index]}" 2>/dev/null || true
  done
}
trap stop EXIT
trap 'exit 0' INT TERM

cd "$folder/database"
[ -d data ] || "${as_database[@]}" "$postgres/initdb" -D "$folder/database/data" -U hanyouxu --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
"${as_database[@]}" "$postgres/postgres" -D "$folder/database/data" -c listen_addresses=127.0.0.1 -c port="$sql_port" \
  -c unix_socket_directories="$folder/database" -c logging_collector=off 2>"$folder/postgresql.log" &
started+=($!)
until "$postgres/pg_isready" -q -h 127.0.0.1 -p "$sql_port" -U hanyouxu; do
  kill -0 "${started[0]}" 2>/dev/null || { cat "$folder/postgresql.log" >&2; exit 1; }
done
"${as_database[@]}" "$postgres/createdb" -h 127.0.0.1 -p "$sql_port" -U hanyouxu hanyouxu 2>/dev/null || true

export HY_DATA_DIR=$folder/state HY_SECRETS_DIR=$folder/state/secrets
export HY_DATABASE=postgres://hanyouxu@127.0.0.1:$sql_port/hanyouxu
export HY_BROKER=mqtts://127.0.0.1:$platform_port HY_MQTT_CHIP_URL=mqtts://127.0.0.1:$chip_port HY_HTTP_PORT=$http_port
cd "$root"
"$node" server/src/commands/create-secrets.ts "$HY_SECRETS_DIR" >/dev/null
# A new certificate at each start; the list of revoked chips with it.
"$node" server/src/commands/write-broker-files.ts --out "$folder/mosquitto" --host localhost --host 127.0.0.1 >/dev/null
cp deploy/mosquitto/acl "$folder/mosquitto/acl"
sed -e "s#/etc/hanyouxu/mosquitto/#$folder/mosquitto/#" -e "s#/var/lib/mosquitto/#$folder/mosquitto/#" \
  -e "s#/run/mosquitto/#$folder/mosquitto/#" -e "s/^user mosquitto/user $(id -un)/" \
  -e "s/^listener 8883/listener $chip_port 127.0.0.1/" -e "s/^listener 8884/listener $platform_port 127.0.0.1/" \
  deploy/mosquitto/mosquitto.conf >"$folder/mosquitto/mosquitto.conf"
/usr/sbin/mosquitto -c "$folder/mosquitto/mosquitto.conf" 2>"$folder/mosquitto.log" &
started+=($!)

"$node" server/src/main.ts &
started+=($!)
echo "焊有序（服务器模式）/ Hanyouxu in server mode: http://127.0.0.1:$http_port   日志 / logs: $folder" >&2
wait -n "${started[@]}"
