import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clearanceSteps } from "./clearance-steps.ts";
import { buildStaff, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { buildHotWorkTown, type HotWorkTown } from "./hot-work.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

describe.each(engines)("clearances as a file on %s", (engine) => {
  let app: TestPlatform;
  let town: HotWorkTown;
  let id: string;
  beforeAll(async () => {
    app = await withPlatform(engine);
    town = await buildHotWorkTown(app);
    id = await clearanceSteps(app, town).opened();
  });
  afterAll(() => app?.close());
  const take = async (cookie: string | undefined, query = "") =>
    await app.call("GET", `/api/exports/clearances?format=csv${query}`, {
      ...(cookie === undefined ? {} : { cookie }),
    });
  const linesOf = (body: string) => body.trim().split("\r\n").slice(1);

  test("hold what the list shows, with the welder's name masked, and are in the audit log", async () => {
    const file = await take(town.regulator.cookie);
    expect(file.statusCode, file.body).toBe(200);
    const [line, ...others] = linesOf(file.body);
    expect(others).toEqual([]);
    expect(line).toContain(id);
    expect(line).toContain("准备中");
    expect(line).toMatch(/演\*+/);
    const audited = await app.ctx.db
      .selectFrom("audit_log")
      .select("details")
      .where("action", "=", "list.exported")
      .where("subject", "=", "list:clearances")
      .orderBy("seq")
      .execute();
    expect(audited).toEqual([{ details: expect.objectContaining({ rows: 1, format: "csv" }) }]);
    const sheet = await app.call("GET", "/api/exports/clearances", { cookie: town.regulator.cookie });
    expect(sheet.rawPayload.subarray(0, 2).toString()).toBe("PK");
  });

  test.each([
    ["&isOpen=true", 1],
    ["&isOpen=false", 0],
    ["&phase=closed", 0],
    [`&region=${township}`, 1],
    ["&text=%E6%97%A0%E6%AD%A4", 0],
  ])("follow the list's filters: %s", async (query, count) => {
    expect(linesOf((await take(town.regulator.cookie, query)).body)).toHaveLength(count);
  });

  test("are for nobody without sign-in or role, empty for another region, and refuse a wrong filter", async () => {
    expect((await take(undefined)).statusCode).toBe(401);
    expect((await take(town.welder.cookie)).statusCode).toBe(403);
    const stranger = await buildStaff(app, "regulator", { region: otherCounty });
    expect(linesOf((await take(stranger.cookie)).body)).toEqual([]);
    expect((await take(town.regulator.cookie, "&phase=nowhere")).statusCode).toBe(400);
  });
});
