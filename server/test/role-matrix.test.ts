import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allRoutes, needsSession, type Route } from "@hanyouxu/api";
import { createMachineCode, type EnterpriseId, type PersonId, type RegionCode } from "@hanyouxu/protocol";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "../src/app.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { createSecrets } from "../src/config/secrets.ts";
import { machineCodeMac } from "../src/crypto/machine-code-mac.ts";
import { startSession } from "../src/features/sign-in/session.ts";
import { buildEnterprise, buildRegion } from "./county.ts";
import { engines, newPostgresUrl } from "./database.ts";
import { type Caller, callers, type MatrixRow, roleMatrix } from "./role-matrix.ts";

const nameOf = (route: Route) => `${route.method} ${route.path}`;
const id = "0198c0de-0000-7000-8000-00000000000a";
const county = "330723" as RegionCode;

test("every route has its line in the matrix, and no line is of a route that is gone", () => {
  expect(Object.keys(roleMatrix).sort()).toEqual(allRoutes.map(nameOf).sort());
});

describe.each(engines)("role by route on %s", (engine) => {
  let app: App;
  let dataDir: string;
  let people: Map<Caller, PersonId>;
  let machineCode: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "hy-roles-"));
    createSecrets(join(dataDir, "secrets"));
    const config = loadConfig({
      HY_DATA_DIR: dataDir,
      HY_DATABASE: engine === "pglite" ? "pglite" : await newPostgresUrl(),
      HY_HTTP_PORT: "0",
      HY_MQTT_PORT: "0",
      HY_DEMO: "1",
      HY_REQUESTS_PER_MINUTE: "0",
    });
    app = await startApp(config, { log: pino({ level: "silent" }) });
    const { ctx } = app;
    machineCode = createMachineCode(ctx.random, machineCodeMac(ctx.machineCodeKey));
    await buildRegion(ctx, county);
    const enterpriseId = await buildEnterprise(ctx, { region: county });
    await ctx.db
      .updateTable("departments")
      .set({ rights: "{}", may_command: false })
      .where("department_key", "=", "education")
      .execute();
    people = new Map();
    for (const caller of callers) people.set(caller, await addCaller(caller, enterpriseId));
  });
  afterAll(async () => {
    await app?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function addCaller(caller: Caller, enterpriseId: EnterpriseId): Promise<PersonId> {
    const { ctx } = app;
    const personId = ctx.newId() as PersonId;
    const now = new Date(ctx.clock.nowMs());
    const role = caller === "blind" ? "regulator" : caller;
    await ctx.db
      .insertInto("persons")
      .values({
        person_id: personId,
        name_ciphertext: ctx.personalData.seal("name", "演示某人"),
        phone_ciphertext: null,
        phone_index: null,
        created_at: now,
      })
      .execute();
    const isOfficer = role === "enterprise-officer" || role === "fire-watch";
    await ctx.db
      .insertInto("role_grants")
      .values({
        role_grant_id: ctx.newId(),
        person_id: personId,
        role,
        // The operator is the whole platform's; whoever else, of the county or of the enterprise.
        region_code: role === "operator" || role === "welder" || isOfficer ? null : county,
        enterprise_id: isOfficer ? enterpriseId : null,
        granted_at: now,
        department_key: caller === "blind" ? "education" : null,
      })
      .execute();
    if (role === "welder") {
      await ctx.db
        .insertInto("welders")
        .values({
          welder_id: ctx.newId() as never,
          person_id: personId,
          pseudonym: randomBytes(8).toString("hex"),
          identity_ciphertext: null,
          identity_index: null,
          region_code: county,
          status: "active",
          created_at: now,
        })
        .execute();
    }
    return personId;
  }

  /** Who has signed in, and done nothing since that might have ended it. */
  const tokens = new Map<Caller, string>();

  async function tokenOf(caller: Caller): Promise<string> {
    const known = tokens.get(caller);
    if (known) return known;
    const device = { userAgent: "test", address: "127.0.0.1" };
    const { token } = await app.ctx.db
      .transaction()
      .execute((tx) => startSession(app.ctx, tx, people.get(caller)!, "staff", device));
    tokens.set(caller, token);
    return token;
  }

  async function call(caller: Caller, route: Route, { sample = {} }: MatrixRow) {
    const token = await tokenOf(caller);
    const known: Record<string, string> = {
      code: county,
      departmentKey: "health",
      machineCode,
      ...sample.params,
    };
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? id);
    const response = await app.http.inject({
      method: route.method,
      url: `${path}${sample.query ?? ""}`,
      headers: {
        cookie: `hy_session=${token}`,
        ...(sample.file === undefined ? {} : { "content-type": "application/octet-stream" }),
        ...sample.headers,
      },
      ...(sample.file === undefined ? {} : { payload: sample.file }),
      ...(sample.body
        ? { payload: { ...sample.body, ...("machineCode" in sample.body ? { machineCode } : {}) } }
        : {}),
    });
    // Some routes end it, and whoever changes a person may.
    if (route.method !== "GET" && response.statusCode < 400) tokens.clear();
    return response;
  }

  const cells = allRoutes.flatMap((route) =>
    callers.map((caller) => [nameOf(route), caller, route] as const),
  );

  test.each(cells)("%s by %s", async (name, caller, route) => {
    const row = roleMatrix[name]!;
    const response = await call(caller, route, row);
    const code = response.statusCode < 400 ? undefined : response.json().error.code;
    if (!row.may.includes(caller)) {
      const refusal = caller === "blind" && row.blind ? row.blind : "role.forbidden";
      expect([response.statusCode, code]).toEqual([403, refusal]);
    } else if (needsSession(route)) {
      // Past validation and policy, to where things are looked for.
      expect([200, 201, 202, 204, 404, 409], `${code}`).toContain(response.statusCode);
    } else {
      expect(response.statusCode).not.toBe(403);
      expect(code).not.toBe("sign_in.required");
    }
  });
});
