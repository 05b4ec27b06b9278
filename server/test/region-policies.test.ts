import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hotWorkPolicyOf, startPolicyOf } from "../src/db/region-policy.ts";
import { county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, fieldsOf, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

describe.each(engines)("the policy of a region on %s", (engine) => {
  let firms: TwoFirms;
  beforeAll(async () => {
    firms = await twoFirms(engine);
  });
  afterAll(() => firms?.app.close());
  const url = (region: string = county) => `/api/region-policies/${region}`;
  const set = (who: Who | undefined, body: object, region?: string) =>
    firms.post(who, url(region), { reason: "演示调整", values: { start: {}, hotWork: {} }, ...body });
  const now = () => firms.app.clock.nowMs();

  test("is read and set by those who answer for the region only", async () => {
    expect(codeOf(await firms.get(undefined, url()))).toBe("401 sign_in.required");
    expect(codeOf(await set(undefined, { basedOnVersion: 0 }))).toBe("401 sign_in.required");
    for (const who of ["welder", "officer", "station", "installer"] as const) {
      expect(codeOf(await firms.get(who, url()))).toBe("403 role.forbidden");
      expect(codeOf(await set(who, { basedOnVersion: 0 }))).toBe("403 role.forbidden");
    }
    expect(codeOf(await firms.get("otherRegulator", url()))).toBe("403 region.out_of_scope");
    expect(codeOf(await set("otherRegulator", { basedOnVersion: 0 }))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.get("operator", url("99")))).toBe("404 region_policy.no_region");
    expect(codeOf(await set("operator", { basedOnVersion: 0 }, "99"))).toBe("404 region_policy.no_region");
  });

  test("is the defaults where nobody has set any", async () => {
    const policy = (await firms.get("regulator", url())).json();
    expect(policy).toMatchObject({
      inForceVersion: "default-1",
      newestVersion: 0,
      versions: [],
      inForce: {
        start: { machinesPerWelder: 2 },
        hotWork: { nightFromHour: 20, holidayDays: [] },
        approval: { approvalDistanceMetres: 100, approvalAccuracyMetres: 60, approvalPositionSeconds: 120 },
      },
    });
    expect(policy.fields).toContainEqual(
      expect.objectContaining({ part: "hotWork", name: "holidayDays", kind: "days", default: [] }),
    );
  });

  test.each([
    [{ values: { start: { machinesPerWelder: 0 }, hotWork: {} } }, "values.start.machinesPerWelder"],
    [{ values: { start: {}, hotWork: { nightFromHour: 25 } } }, "values.hotWork.nightFromHour"],
    [{ values: { start: {}, hotWork: { holidayDays: ["2026-02-30"] } } }, "values.hotWork.holidayDays"],
    [{ values: { start: {}, hotWork: { gasLimit: 1 } } }, "values.hotWork.gasLimit"],
    [
      { values: { start: {}, hotWork: {}, approval: { approvalDistanceMetres: 9 } } },
      "values.approval.approvalDistanceMetres",
    ],
    [{ effectiveFrom: "2020-01-01T00:00:00Z" }, "effectiveFrom"],
    [{ reason: " " }, "reason"],
    [{ basedOnVersion: -1 }, "basedOnVersion"],
  ])("names the field that is wrong in %j", async (change, path) => {
    const response = await set("regulator", { basedOnVersion: 0, ...change });
    expect(response.statusCode).toBe(400);
    expect(fieldsOf(response)).toEqual([`body.${path}`]);
  });

  test("keeps every version, each with its record, and two authors do not overwrite each other", async () => {
    const first = {
      start: { machinesPerWelder: 3 },
      hotWork: { nightFromHour: 19 },
      approval: { approvalDistanceMetres: 30 },
    };
    const made = await set("regulator", { basedOnVersion: 0, values: first });
    expect([made.statusCode, made.json()]).toEqual([201, { version: 1 }]);
    expect(codeOf(await set("regulator", { basedOnVersion: 0 }))).toBe("409 region_policy.changed_meanwhile");
    const { db } = firms.app.ctx;
    expect(await startPolicyOf(db, county as never, now())).toMatchObject({ machinesPerWelder: 3 });
    expect(await hotWorkPolicyOf(db, `${county}100` as never, now())).toMatchObject({
      version: `${county}-1`,
      nightFromHour: 19,
      smoulderWatchMinutes: 60,
    });
    expect(await hotWorkPolicyOf(db, otherCounty as never, now())).toMatchObject({ version: "default-1" });

    const later = new Date(now() + 3_600_000).toISOString();
    const second = { start: {}, hotWork: { nightFromHour: 18 } };
    expect(
      (await set("regulator", { basedOnVersion: 1, values: second, effectiveFrom: later })).json(),
    ).toEqual({
      version: 2,
    });
    const shown = (await firms.get("regulator", url())).json();
    expect(shown).toMatchObject({ newestVersion: 2, inForceVersion: `${county}-1` });
    expect(shown.versions).toMatchObject([
      { version: 2, isInForce: false, effectiveFrom: later, values: second },
      { version: 1, isInForce: true, values: first },
    ]);
    firms.app.clock.advance(3_600_000);
    const after = (await firms.get("regulator", url())).json();
    expect(after).toMatchObject({
      inForceVersion: `${county}-2`,
      inForce: {
        start: { machinesPerWelder: 2 },
        hotWork: { nightFromHour: 18 },
        approval: { approvalDistanceMetres: 100 },
      },
    });
    const audit = await db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "region_policy.set")
      .orderBy("seq")
      .execute();
    expect(audit.map(({ details }) => details)).toMatchObject([
      { version: 1, reason: "演示调整", before: null, after: first },
      { version: 2, before: first, after: second },
    ]);
  });

  test("two at the same time: one is refused", async () => {
    const tries = ["operator", "operator"].map(() => set("operator", { basedOnVersion: 0 }, otherCounty));
    const codes = (await Promise.all(tries)).map(({ statusCode }) => statusCode);
    expect(codes.sort()).toEqual([201, 409]);
  });
});
