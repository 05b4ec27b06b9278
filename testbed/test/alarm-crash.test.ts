import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AlarmSummary,
  type ApiClient,
  alarmRoutes,
  messageRoutes,
  type ToldMessage,
} from "@hanyouxu/api";
import { generateCounty } from "@hanyouxu/simulator";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { layCounty } from "../src/laid-county.ts";
import { demoRegulator } from "../src/regulator.ts";
import { type System, startSystem } from "../src/system.ts";

const MACHINES = 24;
/** A chip waits up to a minute before it tries again, and a server starts slowly on a busy machine. */
const WAIT = { timeout: 150_000, interval: 100 };

describe.each(["embedded", "server"] as const)("SIGKILL of the server among alarms, in %s mode", (mode) => {
  let dir: string;
  let system: System;
  let api: ApiClient;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-alarm-crash-"));
    const { machines, cast } = generateCounty(1, new Date().toISOString().slice(0, 10));
    const special = new Set<string>(Object.values(cast.machines));
    const online = machines.filter(({ machineId }) => !special.has(machineId)).slice(0, MACHINES);
    system = await startSystem({ ...(await layCounty(dir, mode)), mode, server: "process", online });
    await system.fleet.started;
    api = await demoRegulator(system.url);
    await everythingTold();
  }, 180_000);
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  }, 60_000);

  /** Every chip's events are acknowledged to the last. */
  async function everythingTold(): Promise<void> {
    await vi.waitFor(() => {
      const pending = system.fleet.machines.filter(({ chip }) => {
        const { clock, log } = chip.state();
        return clock.verifiedAtUptimeMs === null || log.pending.length > 0;
      });
      expect(pending).toEqual([]);
    }, WAIT);
  }

  const tampers = async (): Promise<AlarmSummary[]> =>
    (await api.call(alarmRoutes.listAlarms, { query: { kind: "tamper", pageSize: 200 } })).items;
  const told = async (): Promise<ToldMessage[]> => {
    const items: ToldMessage[] = [];
    for (let page = 1; ; page++) {
      const found = await api.call(messageRoutes.listToldMessages, {
        query: { topic: "alarm", page, pageSize: 200 },
      });
      items.push(...found.items);
      if (items.length >= found.total) return items;
    }
  };
  const crash = async () => {
    await system.serverProcess!.kill9();
    await system.serverProcess!.restart();
  };
  const acknowledge = async (alarmId: string) =>
    void (await api.call(alarmRoutes.acknowledgeAlarm, { params: { alarmId }, body: {} }).catch(() => {}));

  test("loses none, makes none twice, tells nobody twice", async () => {
    const { machines } = system.fleet;
    // While they are raised and told: some before the server dies, some while it is dead.
    for (const machine of machines.slice(0, MACHINES / 2)) machine.disturb({ isLoopCut: true });
    await vi.waitFor(async () => expect((await tampers()).length).toBeGreaterThan(0), WAIT);
    const dying = system.serverProcess!.kill9();
    for (const machine of machines.slice(MACHINES / 2)) machine.disturb({ isLoopCut: true });
    await dying;
    await system.serverProcess!.restart();
    await everythingTold();
    const raised = await tampers();
    expect(raised.map(({ machineId }) => machineId).sort()).toEqual(
      machines.map(({ machine }) => machine.machineId).sort(),
    );
    expect(raised.filter(({ raisedCount }) => raisedCount !== 1)).toEqual([]);

    // While they are handled.
    const acting = raised.map(({ alarmId }) => acknowledge(alarmId));
    await Promise.race(acting);
    await crash();
    await Promise.all(acting);
    for (const { alarmId, handling } of await tampers())
      if (handling === "unacknowledged") await acknowledge(alarmId);
    for (const { alarmId } of raised) {
      const { history } = await api.call(alarmRoutes.getAlarm, { params: { alarmId } });
      expect(history.map(({ what }) => what)).toEqual(["raised", "acknowledge"]);
    }

    await vi.waitFor(async () => {
      expect((await told()).filter(({ stage }) => stage === "waiting")).toEqual([]);
    }, WAIT);
    const own = await api.call(messageRoutes.listMessages, { query: { pageSize: 200, isOpen: "false" } });
    expect(own.items.map(({ subject }) => subject.id).sort()).toEqual(
      raised.map(({ alarmId }) => alarmId).sort(),
    );
  }, 400_000);
});
