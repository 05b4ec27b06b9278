import type { SceneReview } from "@hanyouxu/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jwkOf } from "../src/crypto/jwks.ts";
import { askSceneProgram } from "../src/features/clearances/clearances.ts";
import {
  CHECKER_TOKEN,
  type CheckerServer,
  type HeardQuestion,
  startCheckerServer,
} from "./checker-server.ts";
import { type ClearanceSteps, clearanceSteps } from "./clearance-steps.ts";
import { buildMachine, buildWelder, county } from "./county.ts";
import { type Engine, engines } from "./database.ts";
import { buildHotWorkTown, type HotWorkTown } from "./hot-work.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { sceneCheckerConformance } from "./scene-checker-conformance.ts";
import { scenePhoto } from "./scene-pictures.ts";

const NAME = "demo-eye@1.2.0";

async function withProgram(engine: Engine): Promise<{ app: TestPlatform; program: CheckerServer }> {
  const program = await startCheckerServer();
  const sceneChecker = { checkerId: "demo-eye", url: program.url, token: CHECKER_TOKEN };
  const app = await withPlatform(engine, { sceneChecker });
  program.trust(jwkOf(app.ctx.keys.trusted[0]!));
  return { app, program };
}

async function setPrograms(app: TestPlatform, town: HotWorkTown, programs: string[]): Promise<void> {
  const url = `/api/region-policies/${county}`;
  const { cookie } = town.regulator;
  const { newestVersion } = (await app.call("GET", url, { cookie })).json();
  const clearance = { sceneDecidingPrograms: programs };
  const body = {
    basedOnVersion: newestVersion,
    values: { start: {}, hotWork: {}, clearance },
    reason: "演示",
  };
  const response = await app.call("POST", url, { cookie, body });
  expect(response.statusCode, response.body).toBe(201);
}

const answerTo = ({ sceneCheckId, pictures }: HeardQuestion) => ({
  sceneCheckId,
  checkerVersion: "1.2.0",
  verdict: "pass",
  findings: [] as object[],
  lookedAt: pictures.map(({ evidenceId }) => evidenceId),
});

/** Asks what is due, and lets the pauses between attempts pass. */
async function ask(app: TestPlatform): Promise<void> {
  let isDone = false;
  const asked = askSceneProgram(app.ctx).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    const dueMs = app.clock.nextDueMs();
    // The time of an attempt is a minute, the pause before the next at most two seconds.
    if (dueMs !== undefined && dueMs - app.clock.nowMs() <= 2_000)
      app.clock.advance(Math.ceil(dueMs - app.clock.nowMs()));
  }
  await asked;
}

for (const engine of engines) {
  sceneCheckerConformance(`staff on ${engine}`, async () => {
    const app = await withPlatform(engine);
    return {
      app,
      name: "staff",
      allow: async () => {},
      async say(town, scene, { findings, ...said }) {
        const evidenceIds = scene.evidence.map(({ evidenceId }) => evidenceId);
        await app.call("POST", `/api/scene-checks/${scene.sceneCheckId}/verdict`, {
          cookie: town.station.cookie,
          body: { ...said, findings: findings(evidenceIds) },
        });
      },
      stop: () => app.close(),
    };
  });

  sceneCheckerConformance(`a program over HTTP on ${engine}`, async () => {
    const { app, program } = await withProgram(engine);
    return {
      app,
      name: NAME,
      allow: async (town) => await setPrograms(app, town, [NAME]),
      async say(_town, scene, { findings, ...said }) {
        const evidenceIds = scene.evidence.map(({ evidenceId }) => evidenceId);
        program.answer = (question) => ({
          ...answerTo(question),
          ...said,
          sceneCheckId: scene.sceneCheckId,
          findings: findings(evidenceIds),
        });
        await ask(app);
      },
      async stop() {
        await app.close();
        await program.stop();
      },
    };
  });
}

describe.each(engines)("a program that looks at scenes on %s", (engine) => {
  let app: TestPlatform;
  let program: CheckerServer;
  let town: HotWorkTown;
  let steps: ClearanceSteps;
  beforeAll(async () => {
    ({ app, program } = await withProgram(engine));
    town = await buildHotWorkTown(app);
  });
  afterAll(async () => {
    await app?.close();
    await program?.stop();
  });
  beforeEach(async () => {
    app.clock.advance(600_000);
    const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
    await app.bringOnline(machine.chip);
    town = { ...town, machine, welder: await buildWelder(app, { enterprises: [town.owner] }) };
    steps = clearanceSteps(app, town, await scenePhoto(2));
    await setPrograms(app, town, []);
    program.answer = answerTo;
  });
  const reviewOf = async (sceneCheckId: string): Promise<SceneReview> =>
    (await steps.call(town.station, "GET", `/api/scene-checks/${sceneCheckId}`)).json();
  const shown = async () => await steps.shown(await steps.permitted());

  test("gets the pictures, signed, without names, and what kind of place it is", async () => {
    const sceneCheckId = await shown();
    await ask(app);
    const question = program.heard.at(-1)!;
    expect(question).toMatchObject({ sceneCheckId, attempt: 1, keyAreaKind: "hospital" });
    const [picture] = question.pictures;
    const bytes = question.files.get(picture!.evidenceId)!;
    expect(bytes.length).toBe(picture!.sizeBytes);
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(JSON.stringify(question)).not.toContain("演示");
  });

  test("only proposes unless the region's policy names its version; staff keep what they agree with", async () => {
    const id = await steps.permitted();
    const sceneCheckId = await steps.shown(id);
    const [evidence] = (await reviewOf(sceneCheckId)).evidence;
    const found = {
      hazard: "no-extinguisher",
      evidenceId: evidence!.evidenceId,
      box: { left: 0.25, top: 0.25, width: 0.5, height: 0.25 },
      confidence: 0.62,
      isUnsure: false,
      note: "",
    };
    program.answer = (question) => ({ ...answerTo(question), verdict: "fail", findings: [found] });
    await ask(app);
    const review = await reviewOf(sceneCheckId);
    expect(review).toMatchObject({ status: "waiting", program: { status: "proposed", verdict: "fail" } });
    expect(review.program!.findings).toEqual([{ ...found, foundBy: NAME }]);
    // The welder does not learn what is only proposed.
    expect((await steps.detail(id)).sceneChecks[0]).toMatchObject({ program: null, findings: [] });
    const own = { ...found, hazard: "other", confidence: 0.1, note: "演示" };
    const judged = await steps.call(town.station, "POST", `/api/scene-checks/${sceneCheckId}/verdict`, {
      verdict: "fail",
      findings: [{ ...found, note: "演示补充" }, own],
    });
    expect(judged.json()).toMatchObject({ status: "fail", checker: "staff", checkerVersion: null });
    expect(judged.json().findings).toEqual([
      { ...found, note: "演示补充", foundBy: NAME },
      { ...own, confidence: 1, foundBy: "staff" },
    ]);
  });

  test("of another version than the policy's only proposes", async () => {
    await setPrograms(app, town, ["demo-eye@1.1.9"]);
    const sceneCheckId = await shown();
    await ask(app);
    expect(await reviewOf(sceneCheckId)).toMatchObject({ status: "waiting", program: { verdict: "pass" } });
  });

  test.each([
    ["refers", { verdict: "refer", reason: "演示：看不清" }],
    [
      "is unsure",
      {
        verdict: "fail",
        findings: [
          { hazard: "other", evidenceId: null, box: null, confidence: 0.3, isUnsure: true, note: "" },
        ],
      },
    ],
    ["has not looked at all that was shown", { lookedAt: [] }],
  ])("that %s leaves the scene to staff even where it may decide", async (_what, said) => {
    await setPrograms(app, town, [NAME]);
    program.answer = (question) => ({ ...answerTo(question), ...said });
    const sceneCheckId = await shown();
    await ask(app);
    expect(await reviewOf(sceneCheckId)).toMatchObject({
      status: "waiting",
      program: { status: "proposed" },
    });
  });

  test("that says what staff have decided already is kept and counts for nothing", async () => {
    await setPrograms(app, town, [NAME]);
    const sceneCheckId = await shown();
    let answer!: (said: "late") => void;
    const staffDone = new Promise((resolve) => {
      answer = resolve;
    });
    const inner = app.ctx.sceneChecker!;
    // Staff judge while the program is still looking.
    const slow = {
      ...inner,
      check: async (question: Parameters<typeof inner.check>[0]) => {
        await staffDone;
        return await inner.check(question);
      },
    };
    const asked = askSceneProgram({ ...app.ctx, sceneChecker: slow });
    const judged = await steps.call(town.station, "POST", `/api/scene-checks/${sceneCheckId}/verdict`, {
      verdict: "fail",
      reason: "演示：先判",
    });
    expect(judged.statusCode, judged.body).toBe(200);
    answer("late");
    await asked;
    expect(await reviewOf(sceneCheckId)).toMatchObject({
      status: "fail",
      checker: "staff",
      program: { status: "late", verdict: "pass" },
    });
  });

  test("that is slow or broken is asked again until the time for staff is over, and then no more", async () => {
    await setPrograms(app, town, [NAME]);
    program.answer = () => 503;
    const sceneCheckId = await shown();
    const before = program.heard.length;
    for (let minute = 0; minute < 16; minute++) {
      await ask(app);
      app.clock.advance(60_000);
    }
    expect(program.heard.length).toBeGreaterThan(before + 2);
    expect(await reviewOf(sceneCheckId)).toMatchObject({
      status: "waiting",
      isOverdue: true,
      program: { status: "silent", verdict: null },
    });
    const after = program.heard.length;
    app.clock.advance(600_000);
    await ask(app);
    expect(program.heard.length).toBe(after);
  });

  test("that does not answer is given up after its minute, on the platform's clock", async () => {
    program.answer = () => "silence";
    const sceneCheckId = await shown();
    const before = program.heard.length;
    const asked = askSceneProgram(app.ctx);
    for (const attempt of [1, 2]) {
      await expect.poll(() => program.heard.length).toBe(before + attempt);
      app.clock.advance(60_000);
      // The pause before the second attempt.
      if (attempt === 1) {
        await expect.poll(() => app.clock.nextDueMs()).toBeDefined();
        app.clock.advance(2_000);
      }
    }
    await asked;
    expect(await reviewOf(sceneCheckId)).toMatchObject({ status: "waiting", program: { status: "asking" } });
  });
});
