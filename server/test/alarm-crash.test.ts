import type { PersonId } from "@hanyouxu/protocol";
import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AppContext } from "../src/context.ts";
import { actOnAlarm } from "../src/features/alarms/act-on-alarm.ts";
import { escalateAlarms } from "../src/features/alarms/alarms.ts";
import { planMessages } from "../src/features/telling/telling.ts";
import { Ingest } from "../src/ingest/ingest.ts";
import { alarmSteps, MINUTE_MS } from "./alarm-steps.ts";
import { type BuiltMachine, buildMachine } from "./county.ts";
import { engines } from "./database.ts";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

class Crash extends Error {
  override readonly name = "Crash";
}

/** The same server, dead from its nth statement on: what it has not committed by then has never been. */
function mortal<Context extends Pick<AppContext, "db">>(ctx: Context, statements: number) {
  let left = statements;
  const death: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (left-- <= 0) throw new Crash();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { ctx: { ...ctx, db: ctx.db.withPlugin(death) }, isDead: () => left < 0 };
}

describe.each(engines)("a server that dies and is started again, on %s", (engine) => {
  let firms: TwoFirms;
  let steps: ReturnType<typeof alarmSteps>;
  let machines: BuiltMachine[];
  let regulator: PersonId;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    steps = alarmSteps(firms);
    regulator = (await steps.staff()).personId;
    machines = [];
    for (let n = 0; n < 3; n++) {
      const machine = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId });
      await firms.app.bringOnline(machine.chip);
      machines.push(machine);
    }
  });
  afterAll(() => firms?.app.close());

  /** Dies at the first statement, then at the second, and so on, until it lives through the whole. @returns how often it died */
  async function surviving(work: (ctx: AppContext) => Promise<unknown>): Promise<number> {
    for (let deaths = 0; ; deaths++) {
      const { ctx, isDead } = mortal(firms.app.ctx, deaths);
      await work(ctx).catch((error: unknown) => {
        if (!isDead()) throw error;
      });
      if (!isDead()) return deaths;
    }
  }

  const alarms = async () =>
    (await steps.list("?kind=tamper&pageSize=200")).filter(({ machineId }) =>
      machines.some((machine) => machine.machineId === machineId),
    );
  const histories = async () =>
    await Promise.all(
      (await alarms()).map(async ({ alarmId }) =>
        (await steps.detail(alarmId)).history.map(({ what }) => what),
      ),
    );
  const told = async () =>
    (await steps.told(regulator)).toSorted().filter((words) => words.includes("tamper"));

  test("loses no alarm, makes none twice and tells nobody twice, at whichever statement it dies", async () => {
    const { app } = firms;
    const said = machines.map(({ chip }) => chip.event("tamper", { raised: true }));
    const raising = await surviving(async (ctx) => {
      // The broker hands over again what was not acknowledged.
      const taking = new Ingest(ctx);
      const taken = await Promise.allSettled(said.map((message) => taking.take(message)));
      await taking.drain();
      const lost = taken.find(({ status }) => status === "rejected");
      if (lost) throw new Crash();
    });
    expect(raising).toBeGreaterThan(10);
    await app.say(...said);
    expect((await alarms()).map(({ raisedCount }) => raisedCount)).toEqual([1, 1, 1]);
    expect(await histories()).toEqual([["raised"], ["raised"], ["raised"]]);
    expect(await told()).toEqual(Array.from({ length: 3 }, () => "raised tamper 0"));

    const [first] = await alarms();
    const acting = await surviving((ctx) =>
      actOnAlarm(ctx, first!.alarmId, { kind: "acknowledge" }, { personId: regulator, role: "regulator" }),
    );
    expect(acting).toBeGreaterThan(3);

    app.clock.advance(10 * MINUTE_MS);
    // What goes wrong with one alarm holds up no other and is told at the end; the next look begins again.
    const escalating = await surviving((ctx) => escalateAlarms(ctx));
    expect(escalating).toBeGreaterThan(6);
    await escalateAlarms(app.ctx);
    expect((await histories()).map((history) => history.join(" ")).sort()).toEqual([
      "raised acknowledge",
      "raised escalated",
      "raised escalated",
    ]);
    expect(await told()).toEqual(
      ["escalated tamper 1", "escalated tamper 1", ...Array(3).fill("raised tamper 0")].sort(),
    );

    await surviving((ctx) => planMessages(ctx));
    const messages = await app.ctx.db
      .selectFrom("messages as m")
      .leftJoin("message_deliveries as d", "d.message_id", "m.message_id")
      .select((on) => [
        "m.message_id",
        "m.plan_at",
        "m.channel_count",
        on.fn.count<string>("d.delivery_id").as("n"),
      ])
      .groupBy(["m.message_id", "m.plan_at", "m.channel_count"])
      .execute();
    const undecided = messages.filter(
      ({ plan_at, channel_count, n }) => plan_at || Number(n) !== channel_count,
    );
    expect(undecided).toEqual([]);
  });
});
