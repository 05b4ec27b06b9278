import type { MachineState } from "@hanyouxu/api";
import { machineState } from "@hanyouxu/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countMachines, onlineSince, selectMachines, stateOfRow } from "../src/features/machines/machines.ts";
import { registerMachines } from "../src/features/machines/routes.ts";
import { type TestApp, withApp } from "./app.ts";
import { buildEnterprise, buildMachine } from "./county.ts";
import { engines } from "./database.ts";

describe.each(engines)("the state of a machine on %s", (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await withApp(engine, { register: registerMachines });
    const { ctx } = app;
    const enterpriseId = await buildEnterprise(ctx);
    const machine = await buildMachine(ctx, { enterpriseId });
    // Every combination of what the state depends on, as machines of their own.
    const now = new Date(ctx.clock.nowMs());
    await sql`
      with template as (select * from machines where machine_id = ${machine.machineId}),
      combination as (
        select gen_random_uuid() as id, n, (n & 1) > 0 as tampered, (n & 2) > 0 as faulted, (n & 4) > 0 as locked,
               (n & 8) > 0 as chip_locked, (n & 16) > 0 as gone, (n & 32) > 0 as late, (n & 64) > 0 as closed,
               (n & 128) > 0 as arc,
               rpad(translate(to_hex(n), '0123456789', 'ghijklmnop'), 16, 'z') as chip
        from generate_series(0, 255) n),
      chip as (
        insert into chips (chip_id, spki, enrolled_at) select chip, '', ${now} from combination returning chip_id),
      twin as (
        insert into twins (chip_id, boot, uptime_ms, state_version, relay_closed, arc_on, is_locked, is_tampered,
                           is_faulted, clock_trust, last_heard_at, is_gone)
        select chip, 1, 0, 0, closed, arc, chip_locked, tampered, faulted, 'verified',
               ${now}::timestamptz - case when late then interval '1 day' else interval '1 second' end, gone
        from combination join chip fitted on fitted.chip_id = combination.chip returning chip_id)
      insert into machines (machine_id, machine_code, enterprise_id, region_code, name, model, process, is_mobile, status,
                            is_locked, chip_id, created_at)
      select id, 'C' || n, enterprise_id, region_code, 'c' || n, model, process, is_mobile, status, locked, combination.chip,
             created_at
      from combination cross join template join twin on twin.chip_id = combination.chip`.execute(ctx.db);
  });
  afterAll(() => app?.close());

  test("is the same in SQL as in code, for every combination of facts", async () => {
    const { ctx } = app;
    const nowMs = ctx.clock.nowMs();
    const all = await selectMachines(ctx.db, {});
    expect(all.length).toBeGreaterThanOrEqual(257);
    const seen = new Set<MachineState>();
    for (const state of machineState.options) {
      const filter = { state: { is: state, heardSince: onlineSince(nowMs) } };
      const inSql = (await selectMachines(ctx.db, filter)).map((row) => row.machine_id);
      const inCode = all.filter((row) => stateOfRow(row, nowMs) === state).map((row) => row.machine_id);
      expect(new Set(inSql)).toEqual(new Set(inCode));
      expect(await countMachines(ctx.db, filter)).toBe(inCode.length);
      if (inCode.length > 0) seen.add(state);
    }
    const working = all.filter((row) => ["energised", "arcing"].includes(stateOfRow(row, nowMs)));
    const work = { isAtWork: true, heardSince: onlineSince(nowMs) };
    expect(new Set((await selectMachines(ctx.db, { work })).map((row) => row.machine_id))).toEqual(
      new Set(working.map((row) => row.machine_id)),
    );
    expect(working.length).toBeGreaterThan(0);
    expect([...seen].sort()).toEqual(
      ["arcing", "energised", "faulted", "idle", "locked", "offline", "tampered"].sort(),
    );
  });

  test("pages do not overlap and together are the whole", async () => {
    const { ctx } = app;
    const all = await selectMachines(ctx.db, {}, "-heardAt");
    const pages = [];
    for (let offset = 0; offset < all.length; offset += 50) {
      pages.push(...(await selectMachines(ctx.db, {}, "-heardAt", { limit: 50, offset })));
    }
    expect(pages.map((row) => row.machine_id)).toEqual(all.map((row) => row.machine_id));
  });
});
