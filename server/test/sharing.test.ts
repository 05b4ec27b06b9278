import { sharedFields } from "@hanyouxu/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EcJwk } from "../src/crypto/jwks.ts";
import { contentDigest } from "../src/crypto/message-signature.ts";
import { registerAudit } from "../src/features/audit/routes.ts";
import { registerSharedData } from "../src/features/shared-data/routes.ts";
import { registerSharing } from "../src/features/sharing/routes.ts";
import { registerWebhooks } from "../src/features/webhooks/routes.ts";
import { type TestApp, withApp } from "./app.ts";
import { buildEnterprise, buildMachine, buildStaff, buildWelder, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { isSigned } from "./is-signed.ts";
import { codeOf, nobody } from "./two-firms.ts";

describe.each(engines)("sharing on %s", (engine) => {
  let app: TestApp;
  let regulator: string;
  let otherRegulator: string;
  let welder: string;
  let client: { clientId: string; secret: string };

  beforeAll(async () => {
    app = await withApp(engine, {
      register(http, ctx) {
        registerSharing(http, ctx);
        registerSharedData(http, ctx);
        registerWebhooks(http, ctx);
        registerAudit(http, ctx);
      },
    });
    const enterpriseId = await buildEnterprise(app.ctx, { name: "演示甲厂" });
    for (const name of ["演示一号", "演示二号", "演示三号"])
      await buildMachine(app.ctx, { enterpriseId, name });
    const far = await buildEnterprise(app.ctx, { name: "演示乙厂", region: otherCounty });
    await buildMachine(app.ctx, { enterpriseId: far, region: otherCounty, name: "演示外县" });
    welder = (await buildWelder(app)).cookie;
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    otherRegulator = (await buildStaff(app, "regulator", { region: otherCounty })).cookie;
    client = (await create(regulator)).json();
  });
  afterAll(async () => {
    await app?.close();
  });

  const body = () => ({
    name: "演示共享应用",
    department: "housing-construction",
    region: county,
    fields: { machines: ["name", "region"], certificates: ["welderPseudonym", "validTo"] },
  });
  const create = (cookie: string, change: object = {}) =>
    app.call("POST", "/api/sharing/clients", { cookie, body: { ...body(), ...change } });
  const askToken = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    app.http.inject({
      method: "POST",
      url: "/api/oauth/token",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      payload: new URLSearchParams(form).toString(),
    });
  const tokenOf = async ({ clientId, secret }: { clientId: string; secret: string }) =>
    (await askToken({ grant_type: "client_credentials", client_id: clientId, client_secret: secret })).json()
      .access_token as string;
  const read = async (token: string, path: string) =>
    await app.call("GET", path, { headers: { authorization: `Bearer ${token}` } });

  test("clients are registered by staff, within their region only", async () => {
    expect(codeOf(await create(welder))).toBe("403 role.forbidden");
    expect(codeOf(await create(otherRegulator))).toBe("403 region.out_of_scope");
    expect(codeOf(await create(regulator, { region: "330723999" }))).toBe("404 region.not_found");
    const wrong = await create(regulator, { fields: { machines: ["chipId"] } });
    expect(wrong.statusCode).toBe(400);
    const list = await app.call("GET", "/api/sharing/clients", { cookie: regulator });
    expect(list.json()).toMatchObject({ total: 1, items: [{ clientId: client.clientId, isActive: true }] });
    expect(list.body).not.toContain(client.secret);
    const others = await app.call("GET", "/api/sharing/clients", { cookie: otherRegulator });
    expect(others.json().total).toBe(0);
    const url = `/api/sharing/clients/${client.clientId}/secrets`;
    expect(codeOf(await app.call("POST", url, { cookie: otherRegulator }))).toBe("403 region.out_of_scope");
    const gone = `/api/sharing/clients/${nobody}/secrets`;
    expect(codeOf(await app.call("POST", gone, { cookie: regulator }))).toBe("404 api_client.not_found");
  });

  test("a token is given for id and secret by form or Basic, with the errors of RFC 6749", async () => {
    const { clientId, secret } = client;
    const grant = { grant_type: "client_credentials" };
    expect((await askToken({ ...grant, client_id: clientId, client_secret: secret })).json()).toMatchObject({
      token_type: "Bearer",
      expires_in: 900,
    });
    const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` };
    expect((await askToken(grant, basic)).statusCode).toBe(200);
    const wrong = await askToken({ ...grant, client_id: clientId, client_secret: "x" });
    expect([wrong.statusCode, wrong.json()]).toEqual([401, { error: "invalid_client" }]);
    const password = await askToken({ grant_type: "password" });
    expect([password.statusCode, password.json()]).toEqual([400, { error: "unsupported_grant_type" }]);
    expect((await askToken({})).json()).toEqual({ error: "invalid_request" });
    expect((await askToken({ ...grant, client_secret: secret }, basic)).json()).toEqual({
      error: "invalid_request",
    });
  });

  test("two secrets hold at a time; the third ends the first and its tokens; disabling ends all at once", async () => {
    const own = (await create(regulator, { name: "演示轮换" })).json();
    const first = await tokenOf(own);
    const rotate = async () => {
      app.clock.advance(1000);
      const url = `/api/sharing/clients/${own.clientId}/secrets`;
      return (await app.call("POST", url, { cookie: regulator })).json();
    };
    await rotate();
    expect((await read(first, "/api/shared/machines")).statusCode).toBe(200);
    const third = await rotate();
    expect(codeOf(await read(first, "/api/shared/machines"))).toBe("401 api_client.token_invalid");
    const last = await tokenOf(third);
    expect((await read(last, "/api/shared/machines")).statusCode).toBe(200);
    await app.call("PUT", `/api/sharing/clients/${own.clientId}/active`, {
      cookie: regulator,
      body: { isActive: false },
    });
    expect(codeOf(await read(last, "/api/shared/machines"))).toBe("401 api_client.token_invalid");
    expect(await tokenOf(third)).toBeUndefined();
  });

  test("only the client's region and fields are shown, and the audit log has each request", async () => {
    const token = await tokenOf(client);
    await expect.poll(async () => (await read(token, "/api/shared/machines")).json().items.length).toBe(3);
    const { items } = (await read(token, "/api/shared/machines?limit=10")).json();
    for (const item of items) expect(Object.keys(item).sort()).toEqual(["id", "name", "region"]);
    expect(items.map(({ name }: { name: string }) => name).sort()).toEqual([
      "演示一号",
      "演示三号",
      "演示二号",
    ]);
    const certificates = (await read(token, "/api/shared/certificates")).json().items;
    expect(certificates).toMatchObject([{ validTo: "2026-12-31" }]);
    expect(certificates[0]).not.toHaveProperty("number");
    expect(codeOf(await read(token, "/api/shared/enterprises"))).toBe("403 api_client.resource_forbidden");
    expect(codeOf(await read("A".repeat(43), "/api/shared/machines"))).toBe("401 api_client.token_invalid");
    expect(codeOf(await app.call("GET", "/api/shared/machines"))).toBe("401 api_client.token_invalid");
    expect(codeOf(await read(token, "/api/shared/machines?cursor=zzz"))).toBe("400 sharing.cursor_invalid");
    expect((await read(token, "/api/shared/machines?limit=0")).statusCode).toBe(400);
    const entry = await app.ctx.db
      .selectFrom("audit_log")
      .select(["subject", "details"])
      .where("action", "=", "shared_data.read")
      .where("actor", "=", `client:${client.clientId}`)
      .orderBy("seq", "desc")
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({
      subject: "shared:certificates",
      details: { rows: 1, fields: ["welderPseudonym", "validTo"], filter: { limit: 200 } },
    });
  });

  test("a department reads only what it may see, whatever its program was registered for", async () => {
    const beyond = await create(regulator, {
      department: "public-security",
      fields: { certificates: ["validTo", "holderName", "number"], enterprises: ["name"] },
    });
    expect(codeOf(beyond)).toBe("403 api_client.beyond_department");
    expect(beyond.json().error.details).toEqual({
      beyond: ["certificates.holderName", "certificates.number"],
    });
    expect(codeOf(await create(regulator, { department: "education" }))).toBe(
      "403 api_client.beyond_department",
    );
    expect(codeOf(await create(regulator, { department: "no-such" }))).toBe("404 department.not_found");

    const fields = { certificates: ["validTo", "holderName", "number"], machines: ["name"] };
    const token = await tokenOf((await create(regulator, { name: "演示全字段", fields })).json());
    const first = async () => (await read(token, "/api/shared/certificates")).json().items[0];
    expect(await first()).toMatchObject({ number: "330723199001011234", holderName: expect.any(String) });
    const setPeople = (level: string) =>
      sql`update departments set rights = jsonb_set(rights, '{people}', to_jsonb(${level}::text))
          where department_key = 'housing-construction'`.execute(app.ctx.db);
    await setPeople("rows");
    expect(Object.keys(await first()).sort()).toEqual(["id", "validTo"]);
    await setPeople("counts");
    expect(codeOf(await read(token, "/api/shared/certificates"))).toBe("403 api_client.resource_forbidden");
    expect((await read(token, "/api/shared/machines")).statusCode).toBe(200);
    await setPeople("personal");
  });

  test("staff of a department manage its own programs and see no others", async () => {
    const clerk = (await buildStaff(app, "regulator", { region: county, department: "market-regulation" }))
      .cookie;
    expect(codeOf(await create(clerk))).toBe("403 api_client.other_department");
    const own = (await create(clerk, { name: "演示市监", department: "market-regulation" })).json();
    const listed = (await app.call("GET", "/api/sharing/clients", { cookie: clerk })).json();
    expect(listed.items.map(({ clientId }: { clientId: string }) => clientId)).toEqual([own.clientId]);
    const url = (clientId: string) => `/api/sharing/clients/${clientId}/secrets`;
    expect(codeOf(await app.call("POST", url(client.clientId), { cookie: clerk }))).toBe(
      "403 api_client.other_department",
    );
    expect((await app.call("POST", url(own.clientId), { cookie: clerk })).statusCode).toBe(201);
    const hook = { clientId: client.clientId, url: "https://example.com/hook", eventKinds: ["alarm.raised"] };
    expect(codeOf(await app.call("POST", "/api/sharing/webhooks", { cookie: clerk, body: hook }))).toBe(
      "403 api_client.other_department",
    );
  });

  test("every request of a program is in the audit log, with its fields and how many rows it got", async () => {
    const fields = Object.fromEntries(
      Object.entries(sharedFields).map(([resource, names]) => [resource, names.slice(0, 1)]),
    );
    const own = (await create(regulator, { name: "演示审计", fields })).json();
    const token = await tokenOf(own);
    for (const resource of Object.keys(sharedFields)) {
      const answer = await read(token, `/api/shared/${resource}?limit=7`);
      expect([resource, answer.statusCode]).toEqual([resource, 200]);
      const [entry] = (
        await app.call("GET", `/api/audit?actor=client:${own.clientId}`, { cookie: regulator })
      ).json().items;
      expect(entry).toMatchObject({
        action: "shared_data.read",
        subject: `shared:${resource}`,
        actorName: "演示审计",
        details: { fields: fields[resource], rows: answer.json().items.length, filter: { limit: 7 } },
      });
    }
  });

  test("a cursor goes through all, and later to what has changed since", async () => {
    const token = await tokenOf(client);
    const names: string[] = [];
    let cursor = "";
    for (let hasMore = true; hasMore; ) {
      const page = (await read(token, `/api/shared/machines?limit=2${cursor && `&cursor=${cursor}`}`)).json();
      names.push(...page.items.map(({ name }: { name: string }) => name));
      ({ cursor, hasMore } = page);
    }
    expect(names).toHaveLength(3);
    const again = async () => (await read(token, `/api/shared/machines?cursor=${cursor}`)).json().items;
    expect(await again()).toEqual([]);
    await app.ctx.db
      .updateTable("machines")
      .set({ name: "演示改名" })
      .where("name", "=", "演示二号")
      .execute();
    await expect.poll(again).toMatchObject([{ name: "演示改名" }]);
  });

  test("an answer verifies with the published key and no other does", async () => {
    const token = await tokenOf(client);
    const url = "/api/shared/machines?limit=5";
    const answer = await read(token, url);
    const input = String(answer.headers["signature-input"]).replace(/^hy=/, "");
    const base = [
      '"@status": 200',
      `"content-digest": ${contentDigest(answer.body)}`,
      `"hy-client": ${client.clientId}`,
      '"@method";req: GET',
      '"@path";req: /api/shared/machines',
      '"@query";req: ?limit=5',
      `"@signature-params": ${input}`,
    ].join("\n");
    const { keys } = (await app.call("GET", "/.well-known/jwks.json")).json() as { keys: EcJwk[] };
    const key = keys.find(({ kid }) => input.includes(`keyid="${kid}"`))!;
    expect(isSigned(key, base, answer.headers.signature)).toBe(true);
    expect(isSigned(key, base.replace("limit=5", "limit=6"), answer.headers.signature)).toBe(false);
    expect(isSigned(keys[1]!, base, answer.headers.signature)).toBe(false);
  });

  test("a client has its own number of requests a minute", async () => {
    const slow = (await create(regulator, { name: "演示限速", requestsPerMinute: 2 })).json();
    const token = await tokenOf(slow);
    for (let n = 0; n < 2; n++) expect((await read(token, "/api/shared/machines")).statusCode).toBe(200);
    expect(codeOf(await read(token, "/api/shared/machines"))).toBe("429 request.rate_limited");
    app.clock.advance(60_000);
    expect((await read(token, "/api/shared/machines")).statusCode).toBe(200);
  });

  test("the audit log is read within one's region, and its chain is checked", async () => {
    const list = async (cookie: string, query = "") =>
      (await app.call("GET", `/api/audit?pageSize=200${query}`, { cookie })).json();
    const own = await list(regulator, "&action=api_client.");
    expect(own.total).toBeGreaterThan(0);
    expect(own.items[0]).toHaveProperty("actorName");
    expect((await list(otherRegulator, "&action=api_client.")).total).toBe(0);
    expect(codeOf(await app.call("GET", "/api/audit", { cookie: welder }))).toBe("403 role.forbidden");
    expect((await app.call("GET", "/api/audit?from=x", { cookie: regulator })).statusCode).toBe(400);
    const report = (await app.call("POST", "/api/audit/verify", { cookie: regulator })).json();
    expect(report).toMatchObject({ brokenAt: null, headHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(codeOf(await app.call("POST", "/api/audit/verify", { cookie: welder }))).toBe(
      "403 role.forbidden",
    );
  });
});
