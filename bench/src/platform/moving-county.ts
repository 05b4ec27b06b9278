import type { App } from "@hanyouxu/server";
import { sql } from "kysely";

type Context = App["ctx"];

/** Every machine of the county gets a chip that has just been heard from, as if all were switched on. */
export async function fitAllMachines({ db }: Context): Promise<number> {
  await sql`insert into chips (chip_id, spki, enrolled_at)
    select translate(substr(md5(machine_id::text), 1, 16), '0189', 'wxyz'), ''::bytea, now()
    from machines where chip_id is null on conflict do nothing`.execute(db);
  await sql`update machines set chip_id = translate(substr(md5(machine_id::text), 1, 16), '0189', 'wxyz')
    where chip_id is null`.execute(db);
  await sql`insert into twins (chip_id, boot, uptime_ms, state_version, clock_trust, last_heard_at,
                               latitude_degrees, longitude_degrees)
    select chip_id, 1, 0, 0, 'network', now(), home_latitude_degrees, home_longitude_degrees
    from machines where chip_id is not null on conflict do nothing`.execute(db);
  const { count } = await db
    .selectFrom("twins")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Some of them move by metres and weld with another current, as telemetry that has just come would say. */
export async function moveMachines({ db }: Context, count: number): Promise<void> {
  await sql`update twins set last_heard_at = now(), relay_closed = true, arc_on = true,
      latitude_degrees = latitude_degrees + (random() - 0.5) * 0.0002,
      longitude_degrees = longitude_degrees + (random() - 0.5) * 0.0002,
      current_amps = 100 + random() * 100
    where chip_id in (select chip_id from twins order by random() limit ${count})`.execute(db);
}
