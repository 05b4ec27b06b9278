import type { RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAuditChain } from "../src/features/audit/audit.ts";
import { currentTotp } from "../src/features/sign-in/sign-in.ts";
import { buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

const hourMs = 3_600_000;
const nextTownship = "330723101" as RegionCode;
const province = "33" as RegionCode;
const password = "a long enough password";

describe.each(engines)("staff accounts on %s", (engine) => {
  let app: TestPlatform;
  let operator: string;
  let provincial: string;
  let regulator: string;
  let fireRegulator: string;
  let clerk: string;
  let count = 0;
  beforeAll(async () => {
    app = await withPlatform(engine);
    for (const code of [province, county, otherCounty, township, nextTownship])
      await buildRegion(app.ctx, code);
    operator = (await buildStaff(app, "operator")).cookie;
    provincial = (await buildStaff(app, "operator", { region: province })).cookie;
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    fireRegulator = (await buildStaff(app, "regulator", { region: county, department: "fire-rescue" }))
      .cookie;
    clerk = (await buildStaff(app, "regulator", { region: township })).cookie;
  });
  afterAll(() => app?.close());

  const call = async (
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    cookie?: string,
    body?: unknown,
  ) => await app.call(method, url, { ...(cookie ? { cookie } : {}), ...(body ? { body } : {}) });
  const wish = (over: object = {}) => ({
    username: `demo-${++count}`,
    name: "演示工作员",
    role: "station-staff",
    region: township,
    department: null,
    ...over,
  });
  const create = async (by: string, over: object = {}) => await call("POST", "/api/staff", by, wish(over));
  const created = async (by: string, over: object = {}) => {
    const response = await create(by, over);
    expect(codeOf(response)).toBe("200");
    return response.json() as { personId: string; token: string };
  };
  const open = async (token: string) =>
    await call("POST", "/api/staff-invitations/open", undefined, { token });
  const accept = async (token: string, over: object = {}) => {
    const { totpUri } = (await open(token)).json();
    const totp = totpUri === undefined ? "000000" : totpOf(totpUri);
    return await call("POST", "/api/staff-invitations/accept", undefined, { token, password, totp, ...over });
  };
  const totpOf = (uri: string, atMs = app.clock.nowMs()) =>
    currentTotp(new URL(uri).searchParams.get("secret")!, atMs);
  const signIn = async (username: string, uri: string) =>
    await call("POST", "/api/sign-in/staff", undefined, { username, password, totp: totpOf(uri) });
  const audited = async (personId: string) =>
    (
      await app.ctx.db
        .selectFrom("audit_log")
        .select(["action", "details"])
        .where("subject", "=", `person:${personId}`)
        .orderBy("seq")
        .execute()
    ).map(({ action }) => action);
  /** Somebody who has accepted and signed in. */
  const atWork = async (by: string, over: object = {}) => {
    const username = `demo-${++count}`;
    const { personId, token } = await created(by, { ...over, username });
    const { totpUri } = (await open(token)).json();
    expect((await accept(token)).statusCode).toBe(204);
    app.clock.advance(30_000);
    const session = await signIn(username, totpUri);
    const cookie = `hy_session=${session.cookies[0]!.value}`;
    return { personId, cookie, username, totpUri };
  };

  test("an invitation lets its holder choose the password and enrol the authenticator, once", async () => {
    const username = "Demo-新人";
    const { personId, token } = await created(regulator, { username });
    expect(codeOf(await signIn(username, `otpauth://totp/x?secret=${"A".repeat(32)}`))).toBe(
      "401 sign_in.credentials_wrong",
    );
    const listed = (await call("GET", "/api/staff?status=invited&text=新人", regulator)).json();
    expect(listed.items).toMatchObject([
      { personId, username: "demo-新人", name: "演****", status: "invited" },
    ]);

    const opened = (await open(token)).json();
    expect(opened).toMatchObject({ username: "demo-新人" });
    expect(opened.totpUri).toMatch(/^otpauth:\/\/totp\//);
    expect(codeOf(await accept(token, { totp: "000000" }))).toBe("401 invitation.code_wrong");
    expect(fieldsOf(await accept(token, { password: "short" }))).toEqual(["body.password"]);
    const both = await Promise.all([accept(token), accept(token)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 404]);
    expect(codeOf(await open(token))).toBe("404 invitation.not_found");

    // The code that proved the authenticator is used up; the next one signs in.
    expect((await signIn(username, opened.totpUri)).statusCode).toBe(401);
    app.clock.advance(30_000);
    const session = await signIn(username, opened.totpUri);
    expect(session.json().me).toMatchObject({
      name: "演示工作员",
      roles: [{ role: "station-staff", region: township }],
    });
    expect(await audited(personId)).toEqual(["staff.created", "staff.invitation_accepted"]);
    const tokens = await app.ctx.db.selectFrom("staff_invitations").selectAll().execute();
    expect(JSON.stringify(tokens)).not.toContain(token);
  });

  test("an invitation ends after three days, and when another one is issued", async () => {
    const { personId, token } = await created(regulator);
    const second = (await call("POST", `/api/staff/${personId}/invitation`, regulator)).json();
    expect(codeOf(await open(token))).toBe("404 invitation.not_found");
    expect((await open(second.token)).statusCode).toBe(200);
    app.clock.advance(72 * hourMs);
    expect(codeOf(await accept(second.token))).toBe("404 invitation.not_found");
    expect(codeOf(await open("A".repeat(43)))).toBe("404 invitation.not_found");
    expect(fieldsOf(await open("A"))).toEqual(["body.token"]);
  });

  test("a new invitation ends what was signed in with the old password only once it is accepted", async () => {
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    const staff = await atWork(regulator);
    const { token } = (await call("POST", `/api/staff/${staff.personId}/invitation`, regulator)).json();
    expect((await call("GET", "/api/me", staff.cookie)).statusCode).toBe(200);
    expect((await accept(token)).statusCode).toBe(204);
    expect((await call("GET", "/api/me", staff.cookie)).statusCode).toBe(401);
  });

  test.each([
    ["an operator's role", { role: "operator", region: county }],
    ["a wider region", { role: "regulator", region: "3307" }],
    ["another county", { role: "station-staff", region: otherCounty }],
    ["the whole platform", { role: "installer", region: null }],
  ])("a county's regulator cannot give %s", async (_name, over) => {
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    expect(codeOf(await create(regulator, over))).toBe("403 staff.beyond_reach");
    const { personId } = await created(regulator);
    const { username: _u, name: _n, ...grant } = wish(over);
    expect(codeOf(await call("POST", `/api/staff/${personId}/roles`, regulator, grant))).toBe(
      "403 staff.beyond_reach",
    );
  });

  test("each gives what is not above the own role", async () => {
    operator = (await buildStaff(app, "operator")).cookie;
    provincial = (await buildStaff(app, "operator", { region: province })).cookie;
    expect(codeOf(await create(operator, { role: "operator", region: null }))).toBe("200");
    expect(codeOf(await create(provincial, { role: "operator", region: county }))).toBe("200");
    expect(codeOf(await create(provincial, { role: "operator", region: null }))).toBe(
      "403 staff.beyond_reach",
    );
  });

  test("a department's regulator gives roles of that department only", async () => {
    fireRegulator = (await buildStaff(app, "regulator", { region: county, department: "fire-rescue" }))
      .cookie;
    const give = async (department: string | null) =>
      codeOf(await create(fireRegulator, { role: "regulator", region: township, department }));
    expect(await give("fire-rescue")).toBe("200");
    expect(await give("education")).toBe("403 staff.beyond_reach");
    expect(await give(null)).toBe("403 staff.beyond_reach");
    expect(codeOf(await create(fireRegulator, { role: "installer" }))).toBe("200");
    expect(codeOf(await create(operator, { role: "regulator", department: "no-such" }))).toBe(
      "404 department.not_found",
    );
  });

  test("roles are given and withdrawn, and hold from the next request", async () => {
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    const staff = await atWork(regulator, { role: "installer" });
    const machines = async () => codeOf(await call("GET", "/api/machines", staff.cookie));
    expect(await machines()).toBe("403 role.forbidden");
    const grant = { role: "regulator", region: township, department: "health" };
    const roles = `/api/staff/${staff.personId}/roles`;
    const account = (await call("POST", roles, regulator, grant)).json();
    expect(account.grants).toMatchObject([{ role: "installer" }, { ...grant, mayWithdraw: true }]);
    expect(await machines()).toBe("403 department.forbidden");
    expect(codeOf(await call("POST", roles, regulator, grant))).toBe("409 staff.role_given");
    const withdraw = async (id: string, by = regulator) =>
      codeOf2(await call("DELETE", `${roles}/${id}`, by));
    expect(await withdraw(nobody)).toBe("404 staff.role_not_found");
    const stranger = (await buildStaff(app, "regulator", { region: nextTownship })).cookie;
    expect(await withdraw(account.grants[1].roleGrantId, stranger)).toBe("404 staff.not_found");
    expect(await withdraw(account.grants[1].roleGrantId)).toBe("204");
    expect(await machines()).toBe("403 role.forbidden");
    expect(await audited(staff.personId)).toEqual([
      "staff.created",
      "staff.invitation_accepted",
      "staff.role_granted",
      "staff.role_withdrawn",
    ]);
  });
  const codeOf2 = (response: Awaited<ReturnType<typeof call>>) =>
    response.statusCode === 204 ? "204" : codeOf(response);

  test("deactivating ends every sign-in at once, and nothing opens the account but activating it", async () => {
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    const staff = await atWork(regulator);
    const active = `/api/staff/${staff.personId}/active`;
    expect((await call("PUT", active, regulator, { isActive: false })).json().status).toBe("deactivated");
    expect((await call("GET", "/api/me", staff.cookie)).statusCode).toBe(401);
    app.clock.advance(30_000);
    expect((await signIn(staff.username, staff.totpUri)).statusCode).toBe(401);
    expect(codeOf(await call("POST", `/api/staff/${staff.personId}/invitation`, regulator))).toBe(
      "409 staff.deactivated",
    );
    expect((await call("PUT", active, regulator, { isActive: true })).json().status).toBe("active");
    expect((await call("GET", "/api/me", staff.cookie)).statusCode).toBe(401);
    app.clock.advance(30_000);
    expect((await signIn(staff.username, staff.totpUri)).statusCode).toBe(200);
  });

  test("nobody deactivates or strips himself", async () => {
    operator = (await buildStaff(app, "operator")).cookie;
    const chief = await atWork(operator, { role: "regulator", region: county });
    const own = (await call("GET", `/api/staff/${chief.personId}`, chief.cookie)).json();
    const active = await call("PUT", `/api/staff/${chief.personId}/active`, chief.cookie, {
      isActive: false,
    });
    expect(codeOf(active)).toBe("409 staff.own_account");
    const role = `/api/staff/${chief.personId}/roles/${own.grants[0].roleGrantId}`;
    expect(codeOf(await call("DELETE", role, chief.cookie))).toBe("409 staff.own_account");
  });

  test("who stands higher cannot be touched from below, in the same region either", async () => {
    operator = (await buildStaff(app, "operator")).cookie;
    regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    const { personId } = await created(operator, { role: "operator", region: county });
    for (const [method, path, body] of [
      ["POST", "/invitation", undefined],
      ["PUT", "/active", { isActive: false }],
    ] as const) {
      expect(codeOf(await call(method, `/api/staff/${personId}${path}`, regulator, body))).toBe(
        "403 staff.beyond_reach",
      );
    }
    const { grants } = (await call("GET", `/api/staff/${personId}`, regulator)).json();
    expect(grants[0].mayWithdraw).toBe(false);
    const role = `/api/staff/${personId}/roles/${grants[0].roleGrantId}`;
    expect(codeOf(await call("DELETE", role, regulator))).toBe("403 staff.beyond_reach");
  });

  test("the list shows one's own region, filtered, sorted and paged; a name in full is read one by one and audited", async () => {
    operator = (await buildStaff(app, "operator")).cookie;
    clerk = (await buildStaff(app, "regulator", { region: township })).cookie;
    const mine = await created(operator, { username: "clerk-own", name: "演示某人" });
    await created(operator, { username: "clerk-next", region: nextTownship });
    await created(operator, { username: "clerk-abroad", region: otherCounty });
    const list = async (query: string, by: string) =>
      (await call("GET", `/api/staff?text=clerk-&${query}`, by))
        .json()
        .items.map(({ username }: { username: string }) => username);
    expect(await list("", clerk)).toEqual(["clerk-own"]);
    expect(await list("sort=-username", operator)).toEqual(["clerk-own", "clerk-next", "clerk-abroad"]);
    expect(await list(`region=${county}`, operator)).toEqual(["clerk-next", "clerk-own"]);
    expect(await list("pageSize=1&page=2", operator)).toEqual(["clerk-next"]);
    expect(await list("role=installer", operator)).toEqual([]);
    expect(await list("department=health", operator)).toEqual([]);
    expect(await list(`region=${nextTownship}`, clerk)).toEqual([]);
    const other = await call("GET", `/api/staff?text=clerk-abroad`, operator);
    expect(codeOf(await call("GET", `/api/staff/${other.json().items[0].personId}`, clerk))).toBe(
      "404 staff.not_found",
    );
    expect((await call("GET", `/api/staff/${mine.personId}`, clerk)).json().name).toBe("演示某人");
    expect(await audited(mine.personId)).toEqual(["staff.created", "personal_data.read"]);
  });

  test("wrong fields, taken names and unknown people are named", async () => {
    operator = (await buildStaff(app, "operator")).cookie;
    expect(
      fieldsOf(await create(operator, { username: "a b", name: " ", role: "welder", region: "3" })),
    ).toEqual(expect.arrayContaining(["body.username", "body.name", "body.role", "body.region"]));
    await created(operator, { username: "taken" });
    expect(codeOf(await create(operator, { username: "TAKEN" }))).toBe("409 staff.username_taken");
    expect(codeOf(await create(operator, { region: "990000" }))).toBe("404 region.not_found");
    expect(codeOf(await call("GET", `/api/staff/${nobody}`, operator))).toBe("404 staff.not_found");
    for (const role of ["station-staff", "enterprise-officer", "installer", "welder"] as const) {
      const { cookie } = await buildStaff(app, role, { region: county });
      expect(codeOf(await call("GET", "/api/staff", cookie))).toBe("403 role.forbidden");
      expect(codeOf(await create(cookie))).toBe("403 role.forbidden");
    }
  });

  test("all of it leaves a whole audit chain", async () => {
    expect((await verifyAuditChain(app.ctx.db)).brokenAt).toBeUndefined();
  });
});
