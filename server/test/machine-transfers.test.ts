import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BuiltMachine, buildMachine, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const usccOf = { own: "91330723DEM0000011", foreign: "91330702DEM0000022" };

describe.each(engines)("transfers of machines on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let machine: BuiltMachine;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    app = firms.app;
    for (const side of ["own", "foreign"] as const) {
      await app.ctx.db
        .updateTable("enterprises")
        .set({ uscc: usccOf[side] })
        .where("enterprise_id", "=", firms[side].enterpriseId)
        .execute();
    }
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    machine = await buildMachine(app.ctx, { enterpriseId: firms.own.enterpriseId, name: "演示过户机" });
  });
  const get = (who: Who, url: string) => firms.get(who, url);
  const post = (who: Who | undefined, url: string, body?: object) => firms.post(who, url, body);
  const offer = (who: Who, machineId: string = machine.machineId, toUscc = usccOf.foreign) =>
    post(who, `/api/machines/${machineId}/transfers`, { toUscc, reason: "演示转让" });
  const offered = async () => (await offer("officer")).json().transferId as string;
  const decide = (who: Who, transferId: string, how: "acceptance" | "refusal" | "withdrawal") =>
    post(
      who,
      `/api/machine-transfers/${transferId}/${how}`,
      how === "acceptance" ? undefined : { reason: "演示原因" },
    );

  test("of a serial number that the receiver has already are refused, and stay open", async () => {
    const theirs = await buildMachine(app.ctx, {
      enterpriseId: firms.foreign.enterpriseId,
      region: otherCounty,
    });
    await app.ctx.db
      .updateTable("machines")
      .set({ serial_number: "演示-0008" })
      .where("machine_id", "in", [machine.machineId, theirs.machineId])
      .execute();
    const transferId = await offered();
    expect(codeOf(await decide("otherOfficer", transferId, "acceptance"))).toBe(
      "409 machine.serial_number_taken",
    );
    expect((await decide("otherOfficer", transferId, "refusal")).statusCode).toBe(204);
  });

  test("go by offer and acceptance; code, chip and history stay with the machine", async () => {
    const { machineId, machineCode, chip } = machine;
    const made = await offer("officer");
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      status: "offered",
      fromName: "演示甲厂",
      toName: "演示乙厂",
      mayAccept: false,
      mayWithdraw: true,
    });
    const inbox = (await get("otherOfficer", "/api/machine-transfers?status=offered")).json();
    expect(inbox.items[0]).toMatchObject({ machineName: "演示过户机", mayAccept: true, mayWithdraw: false });
    app.clock.advance(1);
    expect((await decide("otherOfficer", made.json().transferId, "acceptance")).statusCode).toBe(204);
    expect(codeOf(await get("officer", `/api/machines/${machineId}`))).toBe("403 region.out_of_scope");
    expect((await get("otherOfficer", `/api/machines/${machineId}`)).json()).toMatchObject({
      machineCode,
      chipId: chip.chipId,
      enterpriseName: "演示乙厂",
      region: otherCounty,
    });
    const { entries } = (await get("otherOfficer", `/api/machines/${machineId}/timeline`)).json();
    expect(entries.map(({ step }: { step: { step: string } }) => step.step)).toEqual([
      "accept-transfer",
      "offer-transfer",
    ]);
    expect(codeOf(await decide("otherOfficer", made.json().transferId, "acceptance"))).toBe(
      "409 transfer.not_open",
    );
  });

  test("are offered by the owner's officer or staff, and taken by the receiving officer only", async () => {
    for (const who of ["welder", "installer", "station"] as const)
      expect(codeOf(await offer(who))).toBe("403 role.forbidden");
    for (const who of ["otherOfficer", "otherRegulator"] as const)
      expect(codeOf(await offer(who))).toBe("403 region.out_of_scope");
    const transferId = (await offer("regulator")).json().transferId;
    for (const how of ["acceptance", "refusal"] as const) {
      for (const who of ["operator", "otherRegulator", "regulator"] as const)
        expect(codeOf(await decide(who, transferId, how))).toBe("403 role.forbidden");
      expect(codeOf(await decide("officer", transferId, how))).toBe("403 region.out_of_scope");
      expect(codeOf(await decide("otherOfficer", nobody, how))).toBe("404 transfer.not_found");
    }
    expect(codeOf(await decide("otherOfficer", transferId, "withdrawal"))).toBe("403 region.out_of_scope");
    expect(codeOf(await decide("installer", transferId, "withdrawal"))).toBe("403 role.forbidden");
    expect((await decide("officer", transferId, "withdrawal")).statusCode).toBe(204);
    expect(codeOf(await get("installer", "/api/machine-transfers"))).toBe("403 role.forbidden");
    expect((await get("unbound", "/api/machine-transfers")).json().total).toBe(0);
  });

  test("that are declined change nothing and leave the way free for another", async () => {
    const transferId = await offered();
    expect(codeOf(await offer("officer"))).toBe("409 transfer.already_offered");
    expect((await decide("otherOfficer", transferId, "refusal")).statusCode).toBe(204);
    expect((await get("officer", `/api/machines/${machine.machineId}`)).json().enterpriseName).toBe(
      "演示甲厂",
    );
    const listed = (await get("officer", "/api/machine-transfers?status=declined")).json().items;
    expect(listed[0]).toMatchObject({ transferId, decisionNote: "演示原因" });
    expect((await offer("officer")).statusCode).toBe(201);
  });

  test("name the receiver by a credit code that an enterprise has, and another than the owner's", async () => {
    expect(codeOf(await offer("officer", machine.machineId, usccOf.own))).toBe("409 transfer.same_owner");
    expect(codeOf(await offer("officer", machine.machineId, "91330702DEM0000099"))).toBe(
      "404 transfer.unknown_receiver",
    );
    expect(fieldsOf(await offer("officer", machine.machineId, "123"))).toEqual(["body.toUscc"]);
    expect(codeOf(await offer("operator", nobody))).toBe("404 machine.not_found");
  });

  test("wait while somebody works, and end with the machine", async () => {
    const { machineId, machineCode, chip } = machine;
    await app.bringOnline(chip);
    const transferId = await offered();
    expect((await firms.start(firms.own.welder, machineCode)).json().workSession).toBeDefined();
    expect(codeOf(await decide("otherOfficer", transferId, "acceptance"))).toBe("409 machine.at_work");
    expect(codeOf(await offer("officer"))).toBe("409 machine.at_work");
    const bare = await buildMachine(app.ctx, { enterpriseId: firms.own.enterpriseId });
    const late = (await offer("officer", bare.machineId)).json().transferId;
    await post("officer", `/api/machines/${bare.machineId}/steps`, { step: "scrap", reason: "演示报废" });
    expect(codeOf(await decide("otherOfficer", late, "acceptance"))).toBe("409 machine.scrapped");
    expect(codeOf(await offer("officer", bare.machineId))).toBe("409 machine.scrapped");
    expect((await get("officer", `/api/machines/${machineId}`)).json().enterpriseName).toBe("演示甲厂");
  });
});
