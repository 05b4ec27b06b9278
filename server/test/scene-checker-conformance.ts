import type { SaidFinding, SceneReview, SceneVerdict } from "@hanyouxu/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ClearanceSteps, clearanceSteps } from "./clearance-steps.ts";
import { buildMachine, buildWelder } from "./county.ts";
import { buildHotWorkTown, type HotWorkTown } from "./hot-work.ts";
import type { TestPlatform } from "./platform.ts";
import { scenePhoto } from "./scene-pictures.ts";

export interface Said {
  verdict: SceneVerdict;
  findings: (evidenceIds: readonly string[]) => SaidFinding[];
  reason: string;
}

/** A checker of scenes with a platform around it. */
export interface CheckerUnderTest {
  app: TestPlatform;
  /** As records name it: `staff`, or `<id>@<version>`. */
  name: string;
  /** Lets a region's policy allow it to decide, where that needs allowing. */
  allow(town: HotWorkTown): Promise<void>;
  /** It says this about the scene, and all that follows by itself is done. */
  say(town: HotWorkTown, scene: SceneReview, said: Said): Promise<void>;
  stop(): Promise<void>;
}

const hazard = (evidenceId: string | null, change: Partial<SaidFinding> = {}): SaidFinding => ({
  hazard: "combustibles-near",
  evidenceId,
  box: evidenceId === null ? null : { left: 0.1, top: 0.2, width: 0.3, height: 0.4 },
  confidence: 1,
  isUnsure: false,
  note: "演示",
  ...change,
});
const pass: Said = { verdict: "pass", findings: () => [], reason: "" };
const fail: Said = { verdict: "fail", findings: ([first]) => [hazard(first!)], reason: "演示：易燃物未清" };

/** What holds of every checker that may decide, whoever or whatever it is. */
export function sceneCheckerConformance(name: string, start: () => Promise<CheckerUnderTest>): void {
  describe(`${name} as a checker of scenes`, () => {
    let checker: CheckerUnderTest;
    let app: TestPlatform;
    let town: HotWorkTown;
    let steps: ClearanceSteps;
    beforeAll(async () => {
      checker = await start();
      app = checker.app;
      town = await buildHotWorkTown(app);
      await checker.allow(town);
    });
    afterAll(() => checker?.stop());
    beforeEach(async () => {
      app.clock.advance(600_000);
      const machine = await buildMachine(app.ctx, { enterpriseId: town.owner, isMobile: true });
      await app.bringOnline(machine.chip);
      town = { ...town, machine, welder: await buildWelder(app, { enterprises: [town.owner] }) };
      steps = clearanceSteps(app, town, await scenePhoto(1));
    });
    const reviewOf = async (sceneCheckId: string): Promise<SceneReview> =>
      (await steps.call(town.station, "GET", `/api/scene-checks/${sceneCheckId}`)).json();
    async function shown(id: string): Promise<SceneReview> {
      return await reviewOf(await steps.shown(id));
    }

    test("a pass lets the clearance go on, and the record names who judged", async () => {
      const id = await steps.permitted();
      const scene = await shown(id);
      await checker.say(town, scene, pass);
      const after = await reviewOf(scene.sceneCheckId);
      expect(after).toMatchObject({ status: "pass", findings: [] });
      const by = after.checkerVersion === null ? after.checker : `${after.checker}@${after.checkerVersion}`;
      expect(by).toBe(checker.name);
      expect(await steps.detail(id)).toMatchObject({
        sceneAttemptsLeft: 2,
        sceneValidTo: expect.any(String),
      });
      const audited = await app.ctx.db
        .selectFrom("audit_log")
        .select("details")
        .where("action", "=", "scene_check.judged")
        .where("subject", "=", `scene-check:${scene.sceneCheckId}`)
        .orderBy("seq")
        .execute();
      expect(audited).toEqual([{ details: expect.objectContaining({ checker: checker.name }) }]);
    });

    test("a fail shows the welder what was found, where, and by whom", async () => {
      const id = await steps.permitted();
      const scene = await shown(id);
      await checker.say(town, scene, fail);
      const [check] = (await steps.detail(id)).sceneChecks;
      const [evidence] = scene.evidence;
      expect(check).toMatchObject({ status: "fail", reason: fail.reason });
      expect(check!.findings).toEqual([{ ...hazard(evidence!.evidenceId), foundBy: checker.name }]);
    });

    test("the second fail calls the station", async () => {
      const id = await steps.permitted();
      for (const left of [1, 0]) {
        await checker.say(town, await shown(id), fail);
        expect((await steps.detail(id)).sceneAttemptsLeft).toBe(left);
      }
      expect((await steps.detail(id)).stationCalls).toMatchObject([{ cause: "scene", status: "alerted" }]);
    });

    test("what it says a second time, or of an attempt that is over, counts for nothing", async () => {
      const id = await steps.permitted();
      const first = await shown(id);
      await checker.say(town, first, fail);
      await checker.say(town, first, pass);
      expect(await reviewOf(first.sceneCheckId)).toMatchObject({ status: "fail" });
      const second = await shown(id);
      await checker.say(town, first, pass);
      expect(await reviewOf(second.sceneCheckId)).toMatchObject({ status: "waiting", attempt: 2 });
    });

    test.each<[string, Said]>([
      [
        "names a picture that was not shown",
        { ...fail, findings: () => [hazard("0190a6a0-0000-7000-8000-000000000000")] },
      ],
      [
        "draws beyond the picture",
        {
          ...fail,
          findings: ([first]) => [hazard(first!, { box: { left: 0.9, top: 0, width: 0.2, height: 1 } })],
        },
      ],
      ["is more than certain", { ...fail, findings: ([first]) => [hazard(first!, { confidence: 1.5 })] }],
      [
        "knows another hazard",
        { ...fail, findings: ([first]) => [hazard(first!, { hazard: "lightning" as "other" })] },
      ],
      ["fails without a word", { verdict: "fail", findings: () => [], reason: "" }],
      ["knows another verdict", { ...pass, verdict: "perhaps" as "pass" }],
    ])("a report that %s is none: the scene waits for staff", async (_what, said) => {
      const scene = await shown(await steps.permitted());
      await checker.say(town, scene, said);
      expect(await reviewOf(scene.sceneCheckId)).toMatchObject({ status: "waiting", findings: [] });
    });

    test("silence passes nothing: reviewers and welder are reminded, and staff can still judge", async () => {
      const id = await steps.permitted();
      const scene = await shown(id);
      app.clock.advance(15 * 60_000 + 1);
      await steps.sweep();
      expect(await steps.noticesOf(town.station)).toContain("scene-overdue");
      expect(await steps.noticesOf(town.welder)).toContain("scene-overdue");
      const overdue = await reviewOf(scene.sceneCheckId);
      expect(overdue).toMatchObject({ status: "waiting", isOverdue: true });
      const judged = await steps.call(
        town.station,
        "POST",
        `/api/scene-checks/${scene.sceneCheckId}/verdict`,
        {
          verdict: "pass",
        },
      );
      expect(judged.json()).toMatchObject({ status: "pass", checker: "staff" });
    });
  });
}
