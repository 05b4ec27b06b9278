import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testStartMs } from "./app.ts";
import { buildRegion, buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { addDecision, addSession, buildStatisticsWorld, elsewhere, far, near } from "./statistics-world.ts";
import { codeOf, fieldsOf } from "./two-firms.ts";

const ASK = "/api/shared/statistics";
const MARCH = "from=2026-03-01&to=2026-03-31";
const DEPARTMENT = "education";

describe.each(engines)("counts for departments' programs on %s", (engine) => {
  let app: TestPlatform;
  let regulator: string;
  beforeAll(async () => {
    app = await withPlatform(engine);
    const { ctx } = app;
    const { machines, welders } = await buildStatisticsWorld(app, 6);
    for (const code of [county, otherCounty]) await buildRegion(ctx, code);
    const at = testStartMs;
    for (const welderId of welders) {
      await addSession(ctx, { at, region: near, machine: machines[0]!, welderId, arcMs: 3_600_000 });
    }
    const welderId = welders[0]!;
    await addSession(ctx, { at, region: far, machine: machines[2]!, welderId, arcMs: 0 });
    await addSession(ctx, { at, region: elsewhere, machine: machines[2]!, welderId, arcMs: 0 });
    await addDecision(ctx, { at, region: near, machine: machines[0]!, welderId, ruleIds: ["no-tamper"] });
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
  });
  afterAll(() => app?.close());

  const grant = async (rights: object) => {
    await sql`update departments set rights = ${JSON.stringify(rights)}::jsonb where department_key = ${DEPARTMENT}`.execute(
      app.ctx.db,
    );
  };
  const COUNTS = { sessions: "counts", people: "counts", machines: "counts" };
  const register = (change: object = {}) =>
    app.call("POST", "/api/sharing/clients", {
      cookie: regulator,
      body: {
        name: "演示统计应用",
        department: DEPARTMENT,
        region: county,
        fields: {},
        mayCount: true,
        ...change,
      },
    });
  const program = async (change: object = {}) => {
    const made = await register(change);
    expect(made.statusCode, made.body).toBe(201);
    const { clientId, secret } = made.json();
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: secret };
    const answer = await app.http.inject({
      method: "POST",
      url: "/api/oauth/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(form).toString(),
    });
    return { clientId: clientId as string, token: answer.json().access_token as string };
  };
  const read = async (token: string, url: string) =>
    await app.call("GET", url, { headers: { authorization: `Bearer ${token}` } });

  test("are of the program's region, with all below it and of no other", async () => {
    await grant(COUNTS);
    const { token, clientId } = await program();
    const response = await read(
      token,
      `${ASK}?measures=sessions,arcHours&dimensions=township&${MARCH}&rank=-sessions`,
    );
    expect(response.statusCode, response.body).toBe(200);
    const { rows, totals, countedAt } = response.json();
    expect(
      rows.map(({ keys, figures }: { keys: { value: string }[]; figures: { value: number }[] }) => [
        keys[0]!.value,
        ...figures.map(({ value }) => value),
      ]),
    ).toEqual([
      [near, 6, 6],
      [far, 1, 0],
    ]);
    expect(totals[0].value).toBe(7);
    expect(Date.parse(countedAt)).toBe(app.clock.nowMs());
    const below = await read(token, `${ASK}?measures=sessions&${MARCH}&region=${far}&isCompared=true`);
    expect(below.json().totals[0]).toMatchObject({ value: 1, previous: { value: 0 } });
    for (const region of [otherCounty, "33"]) {
      expect(codeOf(await read(token, `${ASK}?measures=sessions&${MARCH}&region=${region}`))).toBe(
        "403 region.out_of_scope",
      );
    }
    expect(response.headers["content-digest"]).toBeDefined();
    const { rows: noted } = await sql<{ details: { rows: number } }>`
      select details from audit_log where actor = ${`client:${clientId}`} and subject = 'shared:statistics'
      order by seq`.execute(app.ctx.db);
    expect(noted.map(({ details }) => details.rows)).toEqual([2, 1]);
  });

  test("withhold few people, also from who asks region by region", async () => {
    await grant(COUNTS);
    const { token } = await program();
    const welders = async (more: string) =>
      (await read(token, `${ASK}?measures=workingWelders&${MARCH}${more}`)).json();
    const byTownship = await welders("&dimensions=township");
    const none = { value: null, isWithheld: true };
    expect(byTownship.rows.map(({ figures }: { figures: object[] }) => figures[0])).toEqual([none, none]);
    expect(byTownship.smallestCount).toBe(5);
    expect((await welders(`&region=${far}`)).totals).toEqual([none]);
  });

  test("are of what the department sees as counts now, for a program that was registered for them", async () => {
    await grant(COUNTS);
    const { token } = await program();
    const { token: without } = await program({ mayCount: false });
    const ask = (by: string, measure: string) => read(by, `${ASK}?measures=${measure}&${MARCH}`);
    expect(codeOf(await ask(without, "sessions"))).toBe("403 api_client.resource_forbidden");
    expect(codeOf(await read(without, `${ASK}/measures`))).toBe("403 api_client.resource_forbidden");
    expect(codeOf(await ask(token, "refusals"))).toBe("403 api_client.resource_forbidden");
    const { measures } = (await read(token, `${ASK}/measures`)).json();
    const seen = measures.map(({ measure }: { measure: string }) => measure);
    expect(seen).toContain("workingWelders");
    expect(seen).not.toContain("refusals");
    await grant({ decisions: "rows" });
    expect(codeOf(await ask(token, "sessions"))).toBe("403 api_client.resource_forbidden");
    expect((await ask(token, "refusals")).json().totals[0].value).toBe(1);
    await grant({});
    expect(codeOf(await ask(token, "refusals"))).toBe("403 api_client.resource_forbidden");
    expect(codeOf(await register())).toBe("403 api_client.beyond_department");
  });

  test("are refused without a token that holds, for what is no question, and beyond the agreed rate", async () => {
    await grant(COUNTS);
    expect(codeOf(await read("A".repeat(43), `${ASK}?nonsense`))).toBe("401 api_client.token_invalid");
    expect(codeOf(await app.call("GET", `${ASK}?measures=sessions&${MARCH}`, { cookie: regulator }))).toBe(
      "401 api_client.token_invalid",
    );
    const { token } = await program();
    expect(fieldsOf(await read(token, `${ASK}?measures=wealth&${MARCH}`))).toEqual(["query.measures.0"]);
    expect(fieldsOf(await read(token, `${ASK}?measures=sessions&from=2026-03-02&to=2026-03-01`))).toEqual([
      "query.to",
    ]);
    expect(fieldsOf(await read(token, `${ASK}?measures=sessions&dimensions=reason&${MARCH}`))).toEqual([
      "query.dimensions",
    ]);
    expect((await read(token, `${ASK}?measures=sessions&${MARCH}&colour=red`)).statusCode).toBe(400);
    const { token: slow } = await program({ requestsPerMinute: 2 });
    const asked = async () => (await read(slow, `${ASK}?measures=sessions&${MARCH}`)).statusCode;
    expect([await asked(), await asked(), await asked()]).toEqual([200, 200, 429]);
    app.clock.advance(60_000);
    expect(await asked()).toBe(200);
  });
});
