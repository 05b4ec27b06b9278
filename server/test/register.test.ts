import type { EnterpriseId, MachineId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDemoAccounts, hasDemoAccounts } from "../src/features/demo-accounts/demo-accounts.ts";
import { importRegister, type Register } from "../src/features/register/register.ts";
import { county, here, township } from "./county.ts";
import { engines } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const uuid = (kind: number, n: number) => `0198c0de-000${kind}-7000-8000-${n.toString(16).padStart(12, "0")}`;
const tables = [
  "regions",
  "persons",
  "enterprises",
  "role_grants",
  "welders",
  "enterprise_welders",
  "certificates",
  "machines",
] as const;

/** A county as large as the seed's: 3,981 machines, 7,285 welders, 1,275 enterprises. */
function register({ machines = 3_981, welders = 7_285, enterprises = 1_275 } = {}): Register {
  const enterpriseOf = (n: number) => uuid(1, n % enterprises) as EnterpriseId;
  const range = (count: number) => Array.from({ length: count }, (_, n) => n);
  const region = (code: RegionCode, parentCode: RegionCode | null) => ({
    code,
    parentCode,
    name: `演示${code}`,
    latitudeDegrees: null,
    longitudeDegrees: null,
  });
  return {
    regions: [region(county, null), region(township, county)],
    persons: range(welders).map((n) => ({
      personId: uuid(2, n) as PersonId,
      name: `演示焊工${n}`,
      phone: `1390${String(n).padStart(7, "0")}`,
      roles: [{ role: "welder", region: null, enterpriseId: null }],
    })),
    enterprises: range(enterprises).map((n) => ({
      enterpriseId: uuid(1, n) as EnterpriseId,
      name: `演示单位${n}`,
      uscc: `D${String(n).padStart(17, "0")}`,
      industry: "C33",
      regionCode: township,
    })),
    welders: range(welders).map((n) => ({
      welderId: uuid(3, n) as WelderId,
      personId: uuid(2, n) as PersonId,
      identityNumber: `33072319900101${String(n).padStart(4, "0")}`,
      regionCode: township,
      enterpriseIds: [enterpriseOf(n)],
      certificates: [
        {
          family: "emergency",
          item: "fusion-welding-thermal-cutting",
          number: `T33072319900101${String(n).padStart(4, "0")}`,
          validFrom: "2024-01-01",
          validTo: "2029-12-31",
          reviewDueOn: null,
          status: "valid",
        },
      ],
    })),
    machines: range(machines).map((n) => ({
      machineId: uuid(4, n) as MachineId,
      name: `演示焊机${n}`,
      model: "ZX7-400",
      process: "SMAW",
      isMobile: n % 7 === 0,
      enterpriseId: enterpriseOf(n),
      regionCode: township,
      home: here,
    })),
  };
}

describe.each(engines)("importing a register on %s", (engine) => {
  let app: TestPlatform;
  beforeAll(async () => {
    app = await withPlatform(engine, { config: { demo: true } });
  });
  afterAll(() => app?.close());

  const counts = async () => {
    const entries = tables.map(async (table) => {
      const { count } = await app.ctx.db
        .selectFrom(table)
        .select((expression) => expression.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return [table, count] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  };
  const none = Object.fromEntries(tables.map((table) => [table, 0]));

  test.each([
    [
      "a phone twice",
      (whole: Register) => ({
        ...whole,
        persons: [...whole.persons.slice(1), { ...whole.persons[1]!, personId: uuid(2, 0) as PersonId }],
      }),
    ],
    [
      "a machine twice",
      (whole: Register) => ({ ...whole, machines: [...whole.machines, whole.machines[0]!] }),
    ],
    [
      "a machine of an unknown enterprise",
      (whole: Register) => ({
        ...whole,
        machines: whole.machines.map((machine) => ({ ...machine, enterpriseId: uuid(9, 9) as EnterpriseId })),
      }),
    ],
    [
      "a township before its county",
      (whole: Register) => ({
        ...whole,
        regions: [{ ...whole.regions[1]!, parentCode: "99" as RegionCode }],
      }),
    ],
  ] as const)("leaves nothing behind of one with %s", async (_name, spoil) => {
    const whole = register({ machines: 20, welders: 20, enterprises: 5 });
    await expect(importRegister(app.ctx, spoil(whole), "system")).rejects.toThrow();
    expect(await counts()).toEqual(none);
    expect(await app.ctx.db.selectFrom("audit_log").selectAll().orderBy("seq").execute()).toEqual([]);
  });

  test("takes a whole county in within seconds, every machine with a code of its own and nothing personal in clear", async () => {
    const whole = register();
    const codes = await importRegister(app.ctx, whole, "system");
    expect(new Set(codes.values()).size).toBe(3_981);
    expect(await counts()).toEqual({
      regions: 2,
      persons: 7_285,
      enterprises: 1_275,
      role_grants: 7_285,
      welders: 7_285,
      enterprise_welders: 7_285,
      certificates: 7_285,
      machines: 3_981,
    });
    const { personalData, db } = app.ctx;
    const person = await db
      .selectFrom("persons")
      .selectAll()
      .where("person_id", "=", uuid(2, 7) as PersonId)
      .executeTakeFirstOrThrow();
    expect(personalData.open("name", person.name_ciphertext)).toBe("演示焊工7");
    expect(person.phone_index).toEqual(personalData.blindIndex("phone", "13900000007"));
    for (const column of [person.name_ciphertext, person.phone_ciphertext!]) {
      expect(Buffer.from(column).toString("utf8")).not.toMatch(/演示|1390/);
    }
    expect(await db.selectFrom("audit_log").select(["action", "details"]).orderBy("seq").execute()).toEqual([
      { action: "register.imported", details: { machines: 3_981, welders: 7_285 } },
    ]);
    await expect(importRegister(app.ctx, whole, "system")).rejects.toThrow();
  }, 60_000);

  test("demonstration accounts are shown whole, with what is needed to sign in, or not at all", async () => {
    const note = { zh: "演示", en: "demo" };
    const accounts = [
      {
        personId: uuid(2, 1) as PersonId,
        role: "welder",
        name: "演示焊工1",
        phone: "13900000001",
        username: null,
        region: null,
        enterpriseId: null,
        note,
      },
      {
        personId: uuid(8, 1) as PersonId,
        role: "regulator",
        name: "演示监管",
        phone: null,
        username: "demo-regulator",
        region: county,
        enterpriseId: null,
        note,
      },
    ] as const;
    const labels = [{ machineId: uuid(4, 3) as MachineId, note }];
    const shown = async () => (await app.call("GET", "/api/demo/accounts")).json();
    await expect(
      addDemoAccounts(app.ctx, accounts, [{ machineId: uuid(9, 9) as MachineId, note }]),
    ).rejects.toThrow();
    expect(await hasDemoAccounts(app.ctx)).toBe(false);
    expect(await shown()).toEqual({ accounts: [], labels: [] });
    await addDemoAccounts(app.ctx, accounts, labels);
    const answer = await shown();
    expect(answer.accounts).toMatchObject([
      { name: "演示焊工1", role: "welder", phone: "13900000001", username: null, password: null, totp: null },
      {
        name: "演示监管",
        role: "regulator",
        phone: null,
        username: "demo-regulator",
        totp: expect.stringMatching(/^\d{6}$/),
      },
    ]);
    expect(answer.labels).toMatchObject([
      { name: "演示焊机3", note, url: expect.stringMatching(/^http:\/\/localhost(:\d+)?\/c\/[0-9A-Z]{16}$/) },
    ]);
    const { username, password, totp } = answer.accounts[1];
    const signedIn = await app.call("POST", "/api/sign-in/staff", { body: { username, password, totp } });
    expect(signedIn.statusCode).toBe(200);
  });
});
