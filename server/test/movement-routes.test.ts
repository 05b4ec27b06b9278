import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addSimulatedDays, followMovement } from "../src/features/movement/movement.ts";
import { buildStaff, county, here } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const day = (index: number) => `2026-02-${String(20 + index).padStart(2, "0")}`;
const at = (metres: number) => [
  { ...here, latitudeDegrees: here.latitudeDegrees + metres / 111_195, fixes: 9, arcFixes: 5, firstAtMs: 1 },
];
const days = (track: number[]) => track.map((metres, index) => ({ day: day(index), places: at(metres) }));

describe.each(engines)("fixed and mobile machines for staff on %s", (engine) => {
  let firms: TwoFirms;
  let moving: string;
  let standing: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    const { own, app } = firms;
    moving = own.machine.machineId;
    standing = own.idle.machineId;
    await addSimulatedDays(app.ctx, [
      { machineId: own.machine.machineId, days: days([0, 6200, 0, 3000]) },
      { machineId: own.idle.machineId, days: days([0, 0, 20, 0]) },
    ]);
    await followMovement(app.ctx);
  });
  afterAll(() => firms?.app.close());

  const url = (machineId: string, rest = "") => `/api/movement/machines/${machineId}${rest}`;
  const override = (who: Who, machineId: string, body: object) =>
    firms.app.call("PUT", url(machineId, "/override"), { cookie: firms.cookieOf(who), body });
  const clear = (who: Who, machineId: string, reason = "演示复核") =>
    firms.post(who, url(machineId, "/override/clearing"), { reason });
  const namesOf = async (who: Who, query = "") => {
    const response = await firms.get(who, `/api/movement/machines${query}`);
    expect(response.statusCode).toBe(200);
    return response.json().items.map(({ machineName }: { machineName: string }) => machineName);
  };

  test("the list shows each with what it was found to be, and is narrowed and sorted by it", async () => {
    const { items, total } = (await firms.get("regulator", "/api/movement/machines")).json();
    expect(total).toBe(2);
    expect(items).toMatchObject([
      {
        machineId: moving,
        kind: "mobile",
        foundKind: "mobile",
        isOverridden: false,
        isRegisteredMobile: false,
        placeCount: 3,
        moves: 3,
        farthestMetres: 6200,
        days: 4,
        workedDays: 4,
        simulatedDays: 4,
        fromDay: day(0),
        toDay: day(3),
      },
      { machineId: standing, kind: "fixed", isRegisteredMobile: true, moves: 0 },
    ]);
    expect(await namesOf("regulator", "?kind=mobile")).toEqual(["演示一号"]);
    expect(await namesOf("regulator", "?kind=fixed")).toEqual(["演示二号"]);
    expect(await namesOf("regulator", "?kind=undecided")).toEqual([]);
    expect(await namesOf("regulator", "?text=二号")).toEqual(["演示二号"]);
    expect(await namesOf("regulator", "?region=330723100&sort=moves")).toEqual(["演示二号", "演示一号"]);
    expect(await namesOf("regulator", "?sort=-farthestMetres&pageSize=1")).toEqual(["演示一号"]);
    expect(await namesOf("regulator", "?sort=placeCount&pageSize=1&page=2")).toEqual(["演示一号"]);
    expect(await namesOf("operator", "?kind=undecided")).toEqual(["演示外县"]);
    expect(fieldsOf(await firms.get("regulator", "/api/movement/machines?kind=flying"))).toEqual([
      "query.kind",
    ]);
  });

  test("staff see machines of their regions, an officer the firm's", async () => {
    expect(await namesOf("officer")).toHaveLength(2);
    expect(await namesOf("otherRegulator")).toEqual(["演示外县"]);
    expect(await namesOf("otherOfficer")).toEqual(["演示外县"]);
    for (const who of ["welder", "installer"] as const)
      expect(codeOf(await firms.get(who, "/api/movement/machines"))).toBe("403 role.forbidden");
    for (const who of ["otherRegulator", "otherOfficer", "unbound"] as const)
      expect(codeOf(await firms.get(who, url(moving)))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.get("operator", url(nobody)))).toBe("404 machine.not_found");
  });

  test("one machine comes with its places, the one of most days first", async () => {
    const detail = (await firms.get("station", url(moving))).json();
    expect(detail).toMatchObject({ kind: "mobile", override: null, mayOverride: false });
    expect(detail.places).toMatchObject([{ days: 2 }, { days: 1 }, { days: 1 }]);
    expect(detail.places[0].latitudeDegrees).toBeCloseTo(here.latitudeDegrees, 5);
    expect((await firms.get("regulator", url(moving))).json().mayOverride).toBe(true);
    expect((await firms.get("officer", url(moving))).json().mayOverride).toBe(false);
  });

  test("a department without readings sees figures and no places", async () => {
    await firms.app.ctx.db
      .updateTable("departments")
      .set({ rights: JSON.stringify({ machines: "rows" }) })
      .where("department_key", "=", "education")
      .execute();
    const clerk = await buildStaff(firms.app, "regulator", { region: county, department: "education" });
    const response = await firms.app.call("GET", url(moving), { cookie: clerk.cookie });
    expect(response.json()).toMatchObject({ kind: "mobile", placeCount: 3, places: null });
    expect(codeOf(await firms.app.call("GET", "/api/movement/welders", { cookie: clerk.cookie }))).toBe(
      "403 department.forbidden",
    );
  });

  test("what staff set counts before what was found, with who, why and when, until it is cleared", async () => {
    const body = { kind: "mobile", reason: "演示：每周外出两次" };
    const set = await override("regulator", standing, body);
    expect(set.statusCode).toBe(200);
    expect(set.json()).toMatchObject({
      kind: "mobile",
      foundKind: "fixed",
      isOverridden: true,
      override: { kind: "mobile", reason: body.reason, setByName: "演***" },
    });
    expect(await namesOf("regulator", "?kind=overridden")).toEqual(["演示二号"]);
    expect(await namesOf("regulator", "?kind=mobile")).toHaveLength(2);
    await addSimulatedDays(firms.app.ctx, [
      { machineId: firms.own.idle.machineId, days: days([0, 0, 0, 0]) },
    ]);
    await followMovement(firms.app.ctx);
    expect(await namesOf("regulator", "?kind=mobile")).toHaveLength(2);
    expect((await firms.get("officer", url(standing))).json()).toMatchObject({ kind: "mobile" });

    expect((await clear("regulator", standing)).json()).toMatchObject({ kind: "fixed", override: null });
    expect(codeOf(await clear("regulator", standing))).toBe("409 movement.not_overridden");
    expect(await namesOf("regulator", "?kind=overridden")).toEqual([]);
    const audit = await firms.app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "details"])
      .where("subject", "=", `machine:${standing}`)
      .where("action", "like", "movement.%")
      .orderBy("seq")
      .execute();
    expect(audit).toEqual([
      { action: "movement.overridden", details: body },
      { action: "movement.override_cleared", details: { reason: "演示复核" } },
    ]);
  });

  test("a machine that nothing is known of can be set by hand", async () => {
    const { machineId } = firms.foreign.machine;
    const set = await override("otherRegulator", machineId, { kind: "fixed", reason: "演示登记" });
    expect(set.json()).toMatchObject({ kind: "fixed", foundKind: "undecided", days: 0, places: [] });
  });

  test("a kind and a reason are needed, and staff of the machine's region", async () => {
    const body = { kind: "fixed", reason: "演示原因" };
    expect(fieldsOf(await override("regulator", moving, { kind: "fixed", reason: " " }))).toEqual([
      "body.reason",
    ]);
    expect(fieldsOf(await override("regulator", moving, { reason: "演示原因" }))).toEqual(["body.kind"]);
    expect(fieldsOf(await override("regulator", moving, { ...body, kind: "undecided" }))).toEqual([
      "body.kind",
    ]);
    expect(fieldsOf(await clear("regulator", moving, ""))).toEqual(["body.reason"]);
    for (const who of ["officer", "station", "welder", "installer"] as const) {
      expect(codeOf(await override(who, moving, body))).toBe("403 role.forbidden");
      expect(codeOf(await clear(who, moving))).toBe("403 role.forbidden");
    }
    for (const who of ["otherRegulator", "unbound"] as const) {
      expect(codeOf(await override(who, moving, body))).toBe("403 region.out_of_scope");
      expect(codeOf(await clear(who, moving))).toBe("403 region.out_of_scope");
    }
    expect(codeOf(await override("operator", nobody, body))).toBe("404 machine.not_found");
    expect(codeOf(await clear("operator", nobody))).toBe("404 machine.not_found");
    expect((await firms.get("regulator", url(moving))).json().override).toBeNull();
  });

  test("a scrapped machine is in no list any more", async () => {
    const scrap = (status: "scrapped" | "in-service") =>
      firms.app.ctx.db
        .updateTable("machines")
        .set({ status })
        .where("machine_id", "=", firms.own.machine.machineId)
        .execute();
    await scrap("scrapped");
    expect(await namesOf("regulator")).toEqual(["演示二号"]);
    expect(codeOf(await firms.get("regulator", url(moving)))).toBe("404 machine.not_found");
    await scrap("in-service");
  });
});
