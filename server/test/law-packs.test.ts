import { defaultHotWorkPolicy, exampleHotWorkFacts, hotWorkPacks } from "@hanyouxu/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replayCase, type StoredCase } from "../src/features/law/replays.ts";
import { engines } from "./database.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const at = "2026-11-23T01:30:00.000Z";
const atMs = Date.parse(at);

describe.each(engines)("the law packs on %s", (engine) => {
  let firms: TwoFirms;
  beforeAll(async () => {
    firms = await twoFirms(engine);
  });
  afterAll(() => firms?.app.close());
  const tried = (facts: object, more: object = {}) =>
    firms.post("regulator", "/api/law/hot-work/try", { at, facts, ...more });

  test("are read and tried by those who answer for the law only", async () => {
    const urls = [
      "/api/law/rules",
      "/api/law/rules/gb-30871/ticket-hours",
      "/api/law/changes?from=2026-01-01&to=2026-12-31",
      "/api/law/hot-work/example?regime=chemical&moment=start",
    ];
    for (const url of urls) {
      expect(codeOf(await firms.get(undefined, url))).toBe("401 sign_in.required");
      for (const who of ["welder", "officer", "station", "installer"] as const)
        expect(codeOf(await firms.get(who, url))).toBe("403 role.forbidden");
      expect((await firms.get("regulator", url)).statusCode).toBe(200);
    }
    const question = { at, facts: { regime: "general", moment: "start" } };
    const url = "/api/law/hot-work/try";
    expect(codeOf(await firms.post(undefined, url, question))).toBe("401 sign_in.required");
    expect(codeOf(await firms.post("officer", url, question))).toBe("403 role.forbidden");
  });

  test("list every rule in force on a day, with its clause and whether it was read", async () => {
    const { rules, packs, day } = (await firms.get("regulator", "/api/law/rules?day=2026-11-23")).json();
    expect(day).toBe("2026-11-23");
    const packIds = packs.map(({ id }: { id: string }) => id);
    expect(packIds).toEqual(expect.arrayContaining(["start", "certificate-law", "gb-30871", "order-61"]));
    const inForce = hotWorkPacks.flatMap((pack) => pack.rules).filter((rule) => !rule.effectiveTo);
    const shown = rules.filter(({ regimes }: { regimes: unknown }) => regimes !== null);
    expect(shown).toHaveLength(inForce.length);
    expect(rules).toContainEqual(
      expect.objectContaining({
        pack: "gb-30871",
        ruleId: "ticket-hours",
        regimes: ["chemical"],
        clause: expect.objectContaining({ article: "5.1.5", verified: true }),
        effectiveFrom: "2022-10-01",
      }),
    );
    const before = (await firms.get("regulator", "/api/law/rules?day=2022-09-30")).json().rules;
    expect(before.map(({ pack }: { pack: string }) => pack)).not.toContain("gb-30871");
  });

  test("show a rule with its examples, decided", async () => {
    const url = "/api/law/rules/gb-30871/no-combustible-gas-discharge";
    const { examples } = (await firms.get("regulator", `${url}?day=2026-11-23`)).json();
    expect(examples.map(({ expected, outcome }: Record<string, string>) => `${expected} ${outcome}`)).toEqual(
      ["pass grant", "fail refuse", "fail refuse", "pass grant", "need require"],
    );
    expect(examples[2]).toMatchObject({
      says: { zh: "30 米内有可燃气体排放" },
      differences: { "distances.combustibleGasDischarge": 30 },
    });
    expect(examples[0]).toMatchObject({ says: null, differences: {} });
    expect(codeOf(await firms.get("regulator", `${url}?day=2020-01-01`))).toBe("404 law.rule_not_found");
    expect(fieldsOf(await firms.get("regulator", `${url}?day=today`))).toEqual(["query.day"]);
  });

  test("differ between two days by what was added, taken away and changed", async () => {
    const changes = async (from: string, to: string) =>
      (await firms.get("regulator", `/api/law/changes?from=${from}&to=${to}`)).json();
    const edition = await changes("2026-07-31", "2026-08-01");
    expect(edition).toMatchObject({ added: [], removed: [] });
    expect(edition.changed).toHaveLength(1);
    expect(edition.changed[0]).toMatchObject({
      before: { pack: "gb-9448", version: 1, clause: { article: "6.4.2" } },
      after: { pack: "gb-9448", version: 2, clause: { article: null, verified: false } },
    });
    const forward = await changes("2022-09-30", "2022-10-01");
    expect(new Set(forward.added.map(({ pack }: { pack: string }) => pack))).toEqual(new Set(["gb-30871"]));
    const back = await changes("2022-10-01", "2022-09-30");
    expect(back.removed).toEqual(forward.added);
    expect(back.added).toEqual([]);
    expect(await changes("2026-11-23", "2026-11-23")).toMatchObject({ added: [], removed: [], changed: [] });
    const wrong = await firms.get("regulator", "/api/law/changes?from=2026-02-30");
    expect(fieldsOf(wrong).sort()).toEqual(["query.from", "query.to"]);
  });

  test("answer a question about hot work with rule, clause and fix, and store nothing", async () => {
    const example = await firms.get(
      "regulator",
      `/api/law/hot-work/example?regime=chemical&moment=start&at=${at}`,
    );
    const { facts } = example.json();
    expect((await tried(facts)).json()).toMatchObject({
      outcome: "grant",
      policyVersion: "default-1",
      requiredGrade: { grade: "grade-2", upgradedFor: [] },
      smoulderWatch: { minutes: 60, clause: { kind: "policy" } },
    });
    facts.windForceBeaufort = 5;
    expect((await tried(facts)).json()).toMatchObject({
      outcome: "refuse",
      reasons: [{ ruleId: "calm-outdoors", clause: { article: "5.2.15", verified: true } }],
    });
    const unknown = (await tried({ regime: "chemical", moment: "start" })).json();
    expect(unknown.outcome).toBe("require");
    expect(unknown.requiredGrade.grade).toBe("special");
  });

  test.each([
    [{ regime: "kitchen" }, "facts.regime"],
    [{ windForceBeaufort: "strong" }, "facts.windForceBeaufort"],
    [{ distances: { machine: -1 } }, "facts.distances.machine"],
    [{ distances: { machine: "near" } }, "facts.distances.machine"],
    [{ place: { isOutdoors: "yes" } }, "facts.place.isOutdoors"],
    [{ gasTests: [{ sampledAtMs: 1.5, place: "surroundings", gas: "CH4" }] }, "facts.gasTests.0.sampledAtMs"],
    [{ weather: "fine" }, "facts"],
  ])("name the field of wrong facts %j", async (change, path) => {
    const response = await tried({ regime: "general", moment: "start", ...change });
    expect(response.statusCode).toBe(400);
    expect(fieldsOf(response)).toEqual([`body.${path}`]);
  });

  test("take the policy of a region that the asker answers for, as it was at the instant", async () => {
    const { ctx } = firms.app;
    const region = "330723" as never;
    await ctx.db
      .insertInto("policies")
      .values({
        region_code: region,
        version: 1,
        effective_from: new Date(atMs),
        values: JSON.stringify({ machinesPerWelder: 3, hotWork: { holidayDays: ["2026-11-23"] } }),
        changed_by: "test",
      })
      .execute();
    const facts = exampleHotWorkFacts("chemical", "start", atMs);
    expect((await tried(facts, { region: "330723100" })).json()).toMatchObject({
      outcome: "refuse",
      policyVersion: "330723-1",
      requiredGrade: { grade: "grade-1", upgradedFor: ["holiday"] },
    });
    const earlier = new Date(atMs - 1).toISOString();
    const before = await firms.post("regulator", "/api/law/hot-work/try", { at: earlier, facts, region });
    expect(before.json().policyVersion).toBe("default-1");
    expect(codeOf(await tried(facts, { region: "110101" }))).toBe("403 region.out_of_scope");
    // Numbers of hot work in a policy leave those of starts as they are.
    const start = await firms.start("welder", firms.own.idle.machineCode);
    expect(start.statusCode).toBeLessThan(300);
    await ctx.db.deleteFrom("policies").execute();
  });

  test("replay a stored decision by its id, for who may see it", async () => {
    const url = `/api/law/replays/${firms.decisionId}`;
    for (const who of ["operator", "regulator", "station", "officer"] as const) {
      expect((await firms.get(who, url)).json()).toMatchObject({
        isSame: true,
        isSameLaw: true,
        stored: { outcome: "grant" },
        again: { outcome: "grant", reasons: [] },
      });
    }
    expect((await firms.get("otherRegulator", `/api/law/replays/${firms.refusedId}`)).statusCode).toBe(403);
    expect(codeOf(await firms.get(undefined, url))).toBe("401 sign_in.required");
    expect(codeOf(await firms.get("welder", url))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get("otherRegulator", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.get("otherOfficer", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.get("operator", `/api/law/replays/${nobody}`))).toBe("404 decision.not_found");
    expect(fieldsOf(await firms.get("operator", "/api/law/replays/1"))).toEqual(["params.decisionId"]);
  });

  test("see that somebody has changed what was stored", async () => {
    const { db } = firms.app.ctx;
    const set = (outcome: "grant" | "refuse") =>
      db
        .updateTable("decisions")
        .set({ outcome })
        .where("decision_id", "=", firms.refusedId as never)
        .execute();
    await set("grant");
    const replayed = (await firms.get("operator", `/api/law/replays/${firms.refusedId}`)).json();
    expect(replayed).toMatchObject({ isSame: false, isSameLaw: true, again: { outcome: "refuse" } });
    await set("refuse");
  });
});

test("a stored decision on hot work is decided again by its own packs", () => {
  const facts = exampleHotWorkFacts("chemical", "start", atMs);
  facts.distances.cylinders = 3;
  facts.usesGasCylinders = true;
  const stored: StoredCase = {
    about: "hot-work",
    facts: JSON.parse(JSON.stringify(facts)),
    policy: defaultHotWorkPolicy,
    outcome: "grant",
    reasons: [],
    packsDigest: "",
    decidedAtMs: atMs,
    regionCode: "330723" as never,
    enterpriseId: null,
  };
  const first = replayCase(nobody, stored);
  expect(first.again.reasons.map(({ ruleId }) => ruleId)).toEqual(["cylinders-away-from-hot-work-point"]);
  const { outcome, reasons, packsDigest } = first.again;
  const again = replayCase(nobody, JSON.parse(JSON.stringify({ ...stored, outcome, reasons, packsDigest })));
  expect(again).toMatchObject({ isSame: true, isSameLaw: true });
});
