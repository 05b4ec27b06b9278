import type { Desk, DeskRegion, DeskTodoKind } from "@hanyouxu/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildMachine, buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

/** The lists that the cards lead to: as many rows as the card says. */
const LISTS: Partial<Record<DeskTodoKind, string>> = {
  "alarms-unacknowledged": "/api/alarms?isOpen=true&handling=unacknowledged",
  "alarms-mine": "/api/alarms?isOpen=true&isMine=true",
  "alarms-overdue": "/api/alarms?isOpen=true&isOverdue=true",
  "station-calls": "/api/station-calls?isOpen=true",
  "scene-reviews": "/api/scene-checks?state=waiting",
  "certificate-reviews": "/api/certificate-reviews?state=waiting",
  "permits-submitted": "/api/hot-work-permits?status=submitted",
  "rectifications-answered": "/api/rectifications?status=answered",
  "rectifications-overdue": "/api/rectifications?status=issued&isOverdue=true",
  "certificates-expiring": "/api/alarms?isOpen=true&kind=certificate-expiring",
  appeals: "/api/appeals?status=open",
};

describe.each(engines)("the desk on %s", (engine) => {
  let firms: TwoFirms;
  let tampered: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    for (const code of ["33", "3307", township] as never[]) await buildRegion(firms.app.ctx, code);
    const machine = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId });
    await firms.app.bringOnline(machine.chip);
    await firms.app.say(machine.chip.event("tamper", { raised: true }));
    const { items } = (await firms.get("regulator", `/api/alarms?machineId=${machine.machineId}`)).json();
    tampered = items[0].alarmId;
  });
  afterAll(() => firms?.app.close());

  const deskOf = async (who: Who, query = ""): Promise<Desk> => {
    const response = await firms.get(who, `/api/desk${query}`);
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  };
  const countOf = async (who: Who, kind: DeskTodoKind) =>
    (await deskOf(who)).todo.find((one) => one.kind === kind)?.count;

  test.each(["regulator", "otherRegulator", "operator", "station"] as const)(
    "each card of a %s says as many as its list has",
    async (who) => {
      const { todo } = await deskOf(who);
      expect(todo.map(({ kind }) => kind)).toEqual(Object.keys(LISTS));
      for (const { kind, count } of todo) {
        const list = await firms.get(who, LISTS[kind]!);
        expect([kind, list.statusCode, list.json().total]).toEqual([kind, 200, count]);
      }
    },
  );

  test("an alarm that is acknowledged and given to somebody moves from one card to another, and is overdue in time", async () => {
    expect(await countOf("regulator", "alarms-unacknowledged")).toBeGreaterThan(0);
    const waiting = (await countOf("regulator", "alarms-unacknowledged"))!;
    await firms.post("station", `/api/alarms/${tampered}/acknowledgement`, {});
    expect(await countOf("regulator", "alarms-unacknowledged")).toBe(waiting - 1);
    const { people } = (await firms.get("station", `/api/alarms/${tampered}/assignees`)).json();
    const { personId } = people.find(({ role }: { role: string }) => role === "station-staff");
    expect(await countOf("station", "alarms-mine")).toBe(0);
    const given = await firms.post("regulator", `/api/alarms/${tampered}/dispatch`, {
      department: null,
      personId,
    });
    expect(given.statusCode, given.body).toBe(200);
    expect(await countOf("station", "alarms-mine")).toBe(1);
    expect(await countOf("otherRegulator", "alarms-unacknowledged")).toBe(0);
    firms.app.clock.advance(3_600_000);
    expect(await countOf("regulator", "alarms-overdue")).toBeGreaterThan(0);
  });

  test("regions are compared as far as the caller's own reach, each with all below it", async () => {
    const own = await deskOf("regulator");
    expect(own.region).toMatchObject({ code: county });
    expect(own.regions.map(({ code }) => code)).toContain(township);
    expect(own.regions.every(({ code }) => code.startsWith(county))).toBe(true);
    const [province] = (await deskOf("operator")).regions;
    const { rows } = await sql<{ open: number; working: number }>`
      select (select count(*)::int from alarms where closed_at is null) as open,
             (select count(*)::int from work_sessions where status in ('granted', 'energised')) as working`.execute(
      firms.app.ctx.db,
    );
    expect(province).toMatchObject({ code: "33", openAlarms: rows[0]!.open, working: rows[0]!.working });
    const counties = (await deskOf("operator", "?region=3307")).regions;
    expect(counties.find(({ code }) => code === county)).toMatchObject({ openDangers: 1, working: 1 });
    expect(counties.find(({ code }) => code === otherCounty)).toMatchObject({ openDangers: 0, working: 0 });
  });

  test("what a department may not see is left out", async () => {
    const department = "market-regulation";
    const set = (level: string) =>
      sql`update departments set rights = rights || jsonb_build_object('people', ${level}::text, 'sessions', ${level}::text)
          where department_key = ${department}`.execute(firms.app.ctx.db);
    await set("none");
    const staff = await buildStaff(firms.app, "regulator", { region: county, department });
    const desk: Desk = (await firms.app.call("GET", "/api/desk", { cookie: staff.cookie })).json();
    await set("rows");
    const kinds = desk.todo.map(({ kind }) => kind);
    expect(kinds).not.toContain("certificate-reviews");
    expect(kinds).not.toContain("station-calls");
    expect(kinds).toContain("alarms-unacknowledged");
    expect(new Set(desk.regions.map(({ working }) => working))).toEqual(new Set([null]));
  });

  test("what was given to one's department and to nobody in it has a card and a list", async () => {
    const department = "fire-rescue";
    const member = await buildStaff(firms.app, "station-staff", { region: county, department });
    const other = await buildStaff(firms.app, "station-staff", {
      region: county,
      department: "market-regulation",
    });
    const machine = await buildMachine(firms.app.ctx, { enterpriseId: firms.own.enterpriseId });
    await firms.app.bringOnline(machine.chip);
    await firms.app.say(machine.chip.event("tamper", { raised: true }));
    const { items } = (await firms.get("regulator", `/api/alarms?machineId=${machine.machineId}`)).json();
    const { alarmId } = items[0];
    const waiting = async ({ cookie }: { cookie: string }) => {
      const { todo }: Desk = (await firms.app.call("GET", "/api/desk", { cookie })).json();
      const list = await firms.app.call("GET", "/api/alarms?isOpen=true&isMyDepartments=true", { cookie });
      const count = todo.find(({ kind }) => kind === "alarms-my-departments")?.count;
      expect(list.json().total).toBe(count);
      return count;
    };
    expect(await waiting(member)).toBe(0);
    const dispatch = (personId: string | null) =>
      firms.post("regulator", `/api/alarms/${alarmId}/dispatch`, { department, personId });
    expect((await dispatch(null)).statusCode).toBe(200);
    expect([await waiting(member), await waiting(other)]).toEqual([1, 0]);
    expect((await dispatch(member.personId)).statusCode).toBe(200);
    expect(await waiting(member)).toBe(0);
    const nobodys = (await firms.get("regulator", "/api/alarms?isMyDepartments=true")).json();
    expect(nobodys.total).toBe(0);
  });

  test("figures of the regions lead to as many rows", async () => {
    const [{ code, working, overdueRectifications }] = (await deskOf("regulator")).regions as [DeskRegion];
    const sessions = (await firms.get("regulator", `/api/work-sessions?isOpen=true&region=${code}`)).json();
    const orders = await firms.get(
      "regulator",
      `/api/rectifications?status=issued&isOverdue=true&region=${code}`,
    );
    expect([working, sessions.total]).toEqual([1, 1]);
    expect(orders.json().total).toBe(overdueRectifications);
  });

  test("it is refused without a sign-in, to other roles, for another region and for what is no region", async () => {
    expect(codeOf(await firms.get(undefined, "/api/desk"))).toBe("401 sign_in.required");
    expect(codeOf(await firms.get("welder", "/api/desk"))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get("officer", "/api/desk"))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get("regulator", `/api/desk?region=${otherCounty}`))).toBe(
      "403 region.out_of_scope",
    );
    expect((await firms.get("regulator", "/api/desk?region=x")).statusCode).toBe(400);
  });
});
