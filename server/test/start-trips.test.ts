import { DefaultQueryExecutor } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { buildEnterprise, buildMachine, buildWelder, here } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

/** How often the database is asked is what a start's time hangs on; figures in docs/guides/benchmarks.md. */
describe.each(engines)("the statements of a start on %s", (engine) => {
  let app: TestPlatform;
  beforeAll(async () => {
    app = await withPlatform(engine);
  });
  afterAll(() => app?.close());
  afterEach(() => vi.restoreAllMocks());

  const scanned = async () => {
    const enterpriseId = await buildEnterprise(app.ctx);
    const welder = await buildWelder(app, { enterprises: [enterpriseId] });
    const machine = await buildMachine(app.ctx, { enterpriseId });
    await app.bringOnline(machine.chip);
    const start = () =>
      app.call("POST", "/api/work-sessions", {
        cookie: welder.cookie,
        body: { machineCode: machine.machineCode, position: here, idempotencyKey: "attempt-0001" },
      });
    return { ...machine, welder, start };
  };

  /** The tables that each statement of `run` names first. */
  const statementsOf = async (run: () => Promise<unknown>): Promise<string[]> => {
    const asked = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
    await run();
    const texts = asked.mock.calls.map(([{ sql }]) => sql);
    asked.mockRestore();
    return texts.map((text) => /\b(?:from|into|update) "?(\w+)/i.exec(text)?.[1] ?? text);
  };

  test("are who asks, the facts, what is stored, and what the phone is answered", async () => {
    const { start } = await scanned();
    const statements = await statementsOf(async () => {
      expect((await start()).json().outcome).toBe("grant");
    });
    expect(statements).toHaveLength(4);
  });

  test("that its chip has accepted are the chip and what has become of it", async () => {
    const { start, chip } = await scanned();
    await start();
    const { commandId } = app.lastCommandTo(chip, "grant");
    const statements = await statementsOf(() => app.say(chip.answer(commandId, "accepted")));
    expect(statements).toEqual(
      engine === "pglite" ? ["chips", expect.anything()] : ["chips", "chips", expect.anything()],
    );
  });

  test("to look once at what a work session reads are one", async () => {
    const { start, welder } = await scanned();
    const { workSessionId } = (await start()).json().workSession;
    const statements = await statementsOf(() =>
      app.call("GET", `/api/work-sessions/${workSessionId}`, { cookie: welder.cookie }),
    );
    // Who asks, whether he may, what it reads.
    expect(statements).toHaveLength(3);
  });
});
