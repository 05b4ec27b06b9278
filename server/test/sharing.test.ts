import { createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EcJwk as EcKeyJwk } from "../src/crypto/jwks.ts";
import { contentDigest } from "../src/crypto/message-signature.ts";
import { registerAudit } from "../src/features/audit/routes.ts";
import { registerSharedData } from "../src/features/shared-data/routes.ts";
import { registerSharing } from "../src/features/sharing/routes.ts";
import { MAX_ATTEMPTS } from "../src/features/webhooks/deliver.ts";
import { registerWebhooks } from "../src/features/webhooks/routes.ts";
import { deliverWebhooks } from "../src/features/webhooks/webhooks.ts";
import { type TestApp, withApp } from "./app.ts";
import { buildEnterprise, buildMachine, buildStaff, buildWelder, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, nobody } from "./two-firms.ts";

describe.each(engines)("sharing on %s", (engine) => {
  let app: TestApp;
  let receiver: Server;
  let origin: string;
  let status = 204;
  const received: { headers: IncomingHttpHeaders; body: string; url: string }[] = [];
  let regulator: string;
  let otherRegulator: string;
  let welder: string;
  let client: { clientId: string; secret: string };

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        received.push({ headers: request.headers, body, url: request.url ?? "" });
        response.writeHead(status, { location: "http://127.0.0.1:1/" }).end();
      });
    });
    await new Promise<void>((ready) => receiver.listen(0, "127.0.0.1", ready));
    origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    app = await withApp(engine, {
      config: { webhookOrigins: [origin] },
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
    receiver?.close();
  });

  const body = () => ({
    name: "演示共享应用",
    department: "演示住建局",
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
    const { keys } = (await app.call("GET", "/.well-known/jwks.json")).json() as { keys: EcKeyJwk[] };
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

  test("a webhook is signed, tried again, given up, and sent again by hand", async () => {
    const make = (url: string, cookie = regulator) =>
      app.call("POST", "/api/sharing/webhooks", {
        cookie,
        body: { clientId: client.clientId, url, eventKinds: ["decision.refused"] },
      });
    for (const url of [
      "http://example.org/",
      "https://10.0.0.1/",
      "https://u:p@example.org/",
      "https://[::1]/",
      "https://localhost/",
    ]) {
      expect([url, codeOf(await make(url))]).toEqual([url, "400 webhook.address_refused"]);
    }
    expect(codeOf(await make(`${origin}/hook`, otherRegulator))).toBe("403 region.out_of_scope");
    expect((await make(`${origin}/hook`)).statusCode).toBe(201);
    const machine = await app.ctx.db
      .selectFrom("machines")
      .selectAll()
      .where("region_code", "like", `${county}%` as never)
      .executeTakeFirstOrThrow();
    const { welder_id } = await app.ctx.db
      .selectFrom("welders")
      .select("welder_id")
      .executeTakeFirstOrThrow();
    await app.ctx.db
      .insertInto("decisions")
      .values({
        decision_id: app.ctx.newId() as never,
        decided_at: new Date(app.clock.nowMs()),
        welder_id,
        machine_id: machine.machine_id,
        region_code: machine.region_code,
        outcome: "refuse",
        reasons: "[]",
        facts: "{}",
        policy: "{}",
        packs_digest: "0",
        digest: "0",
      })
      .execute();
    status = 302;
    expect(await deliverWebhooks(app.ctx)).toBe(1);
    for (let n = 1; n < MAX_ATTEMPTS; n++) {
      app.clock.advance(3_600_000);
      expect(await deliverWebhooks(app.ctx)).toBe(1);
    }
    app.clock.advance(3_600_000);
    expect(await deliverWebhooks(app.ctx)).toBe(0);
    // Redirects are failures, not ways.
    expect(received.every(({ url }) => url === "/hook")).toBe(true);
    expect(received).toHaveLength(MAX_ATTEMPTS);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const list = async (who = regulator) =>
      (await app.call("GET", "/api/sharing/deliveries", { cookie: who })).json();
    const [dead] = (await list()).items;
    expect(dead).toMatchObject({ status: "dead", attempts: MAX_ATTEMPTS, lastStatus: 302 });
    expect((await list(otherRegulator)).total).toBe(0);
    const url = `/api/sharing/deliveries/${dead.deliveryId}/resend`;
    expect(codeOf(await app.call("POST", url, { cookie: otherRegulator }))).toBe("403 region.out_of_scope");
    expect((await app.call("POST", url, { cookie: regulator })).statusCode).toBe(204);
    status = 204;
    expect(await deliverWebhooks(app.ctx)).toBe(1);
    expect((await list()).items[0]).toMatchObject({ status: "delivered", attempts: 1 });
    expect(codeOf(await app.call("POST", url, { cookie: regulator }))).toBe("409 webhook.not_dead");

    const { headers, body: sent } = received.at(-1)!;
    const input = String(headers["signature-input"]).replace(/^hy=/, "");
    const base = [
      '"@method": POST',
      `"@target-uri": ${origin}/hook`,
      '"content-type": application/json',
      `"content-digest": ${contentDigest(sent)}`,
      `"webhook-id": ${headers["webhook-id"]}`,
      `"webhook-timestamp": ${headers["webhook-timestamp"]}`,
      `"@signature-params": ${input}`,
    ].join("\n");
    const { keys } = (await app.call("GET", "/.well-known/jwks.json")).json() as { keys: EcKeyJwk[] };
    expect(isSigned(keys[0]!, base, headers.signature)).toBe(true);
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

function isSigned(key: EcKeyJwk, base: string, header: unknown): boolean {
  const signature = Buffer.from(String(header).replace(/^hy=:|:$/g, ""), "base64");
  const publicKey = createPublicKey({ key: { ...key }, format: "jwk" });
  return verify("sha256", Buffer.from(base), { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
}
