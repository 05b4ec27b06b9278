import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replayStart } from "../src/features/decisions/decisions.ts";
import { buildEnterprise, buildMachine, buildWelder } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

describe.each(engines)("the law of certificates on %s", (engine) => {
  let firms: TwoFirms;
  beforeAll(async () => {
    firms = await twoFirms(engine);
  });
  afterAll(() => firms?.app.close());
  const table = "/api/law/certificates";
  const put = async (who: Who | undefined, enterpriseId: string, body: unknown) => {
    const cookie = who && firms.cookieOf(who);
    return await firms.app.call("PUT", `/api/enterprises/${enterpriseId}/regime`, {
      body,
      ...(cookie ? { cookie } : {}),
    });
  };
  const certificate = {
    family: "construction",
    itemId: "building-welder",
    status: "valid",
    validFromDay: "2025-01-01",
    validToDay: "2026-12-31",
    reviewDueDay: null,
  };
  const question = { day: "2026-03-01", regime: "chemical", process: "SMAW", certificates: [certificate] };

  test("is read and tried by regulators only", async () => {
    for (const who of ["welder", "officer", "station", "installer"] as const) {
      expect(codeOf(await firms.get(who, table))).toBe("403 role.forbidden");
      expect(codeOf(await firms.get(who, `${table}/chemical-smaw`))).toBe("403 role.forbidden");
      expect(codeOf(await firms.post(who, `${table}/try`, question))).toBe("403 role.forbidden");
    }
    expect(codeOf(await firms.get(undefined, table))).toBe("401 sign_in.required");
  });

  test("is that of the day asked for, of today when none is", async () => {
    const today = (await firms.get("regulator", table)).json();
    expect(today.day).toBe("2026-03-01");
    expect(today.cells).toHaveLength(50);
    const cell = async (day: string) =>
      (await firms.get("regulator", `${table}/chemical-smaw?day=${day}`)).json();
    expect(await cell("2026-05-31")).toMatchObject({ version: 1, effectiveTo: "2026-05-31" });
    const later = await cell("2026-06-01");
    expect(later).toMatchObject({ version: 2, effectiveTo: null, clause: { verified: false } });
    const outcomes = Object.fromEntries(
      later.examples.map(({ name, outcome }: { name: string; outcome: string }) => [name, outcome]),
    );
    expect(outcomes).toMatchObject({
      valid: "grant",
      "expires-today": "grant",
      "expired-yesterday": "refuse",
      "in-review": "refuse",
      "wrong-family": "refuse",
      "wrong-process": "refuse",
      combined: "grant",
      "combined-expired": "refuse",
    });
  });

  test.each([
    [`${table}?day=2026-02-30`, "query.day"],
    [`${table}/chemical-smaw?day=today`, "query.day"],
  ])("%s is told that %s is wrong", async (url, path) => {
    const response = await firms.get("regulator", url);
    expect(response.statusCode).toBe(400);
    expect(fieldsOf(response)).toEqual([path]);
  });

  test("says when it has no such rule, and names the field of a wrong question", async () => {
    expect(codeOf(await firms.get("regulator", `${table}/kitchen-smaw`))).toBe("404 law.rule_not_found");
    const response = await firms.post("regulator", `${table}/try`, { ...question, regime: "kitchen" });
    expect(fieldsOf(response)).toEqual(["body.regime"]);
  });

  test("answers a question without storing anything", async () => {
    const before = await firms.app.ctx.db.selectFrom("decisions").select("decision_id").execute();
    const refused = (await firms.post("regulator", `${table}/try`, question)).json();
    expect(refused).toMatchObject({
      outcome: "refuse",
      reasons: [{ ruleId: "chemical-smaw", verified: false }],
    });
    const granted = await firms.post("regulator", `${table}/try`, { ...question, regime: "building-site" });
    expect(granted.json()).toEqual({ outcome: "grant", reasons: [] });
    expect(await firms.app.ctx.db.selectFrom("decisions").select("decision_id").execute()).toEqual(before);
  });

  test("the regime of an enterprise is set by staff of its region, with a record", async () => {
    const enterpriseId = await buildEnterprise(firms.app.ctx);
    const body = { regime: "chemical" };
    expect(codeOf(await put(undefined, enterpriseId, body))).toBe("401 sign_in.required");
    for (const who of ["welder", "officer", "installer"] as const)
      expect(codeOf(await put(who, enterpriseId, body))).toBe("403 role.forbidden");
    expect(codeOf(await put("otherRegulator", enterpriseId, body))).toBe("403 region.out_of_scope");
    expect(codeOf(await put("regulator", nobody, body))).toBe("404 law.enterprise_not_found");
    expect(fieldsOf(await put("regulator", enterpriseId, { regime: "kitchen" }))).toEqual(["body.regime"]);
    expect((await put("station", enterpriseId, body)).json()).toEqual(body);
    const audit = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "details"])
      .where("subject", "=", `enterprise:${enterpriseId}`)
      .orderBy("seq")
      .execute();
    expect(audit).toEqual([
      { action: "enterprise.regime_set", details: { before: "general", after: "chemical" } },
    ]);
  });

  test.each([
    ["a valid one of the right family", { status: "valid" as const }, null],
    ["one on its last day", { valid_to: "2026-03-01" }, null],
    ["an expired one", { valid_to: "2026-02-28" }, ["certificate-valid-on-day", "30号"]],
    ["one overdue for review", { review_due_on: "2026-02-28" }, ["certificate-reviewed", "30号"]],
    ["a suspended one", { status: "suspended" as const }, ["certificate-in-good-standing", "平台规定"]],
    ["one for another process", { item: "brazing" }, ["certificate-covers-process", "消防法"]],
    [
      "one of a family that does not count there",
      { family: "construction", item: "building-welder" },
      ["chemical-smaw", "30号"],
    ],
  ])("in a chemical firm, %s", async (_name, change, refusal) => {
    const { app } = firms;
    const enterpriseId = await buildEnterprise(app.ctx);
    await put("regulator", enterpriseId, { regime: "chemical" });
    const machine = await buildMachine(app.ctx, { enterpriseId });
    await app.bringOnline(machine.chip);
    const welder = await buildWelder(app, { enterprises: [enterpriseId] });
    await app.ctx.db
      .updateTable("certificates")
      .set(change)
      .where("welder_id", "=", welder.welderId)
      .execute();
    const answer = (await firms.start(welder, machine.machineCode)).json();
    const stored = await app.ctx.db
      .selectFrom("decisions")
      .selectAll()
      .where("machine_id", "=", machine.machineId)
      .executeTakeFirstOrThrow();
    expect(stored.facts).toMatchObject({ enterprise: { regime: "chemical" } });
    expect(replayStart(stored, stored.decided_at.getTime())).toMatchObject({ isSame: true });
    if (refusal === null) expect(answer.outcome).toBe("grant");
    else {
      const [ruleId, source] = refusal;
      expect(answer).toMatchObject({ outcome: "refuse", reasons: [{ ruleId }] });
      expect(answer.reasons[0].clause.source.zh).toContain(source);
    }
  });

  test("a decision stored before regimes were asked for replays as one of general work", async () => {
    const stored = await firms.app.ctx.db
      .selectFrom("decisions")
      .selectAll()
      .where("decision_id", "=", firms.decisionId as never)
      .executeTakeFirstOrThrow();
    const facts = structuredClone(stored.facts) as { enterprise: { regime?: string } };
    expect(facts.enterprise.regime).toBe("general");
    delete facts.enterprise.regime;
    expect(replayStart({ ...stored, facts }, stored.decided_at.getTime())).toEqual({
      isSame: true,
      outcome: "grant",
    });
  });
});
