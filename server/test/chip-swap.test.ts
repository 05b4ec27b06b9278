import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChipId, chipIdFromSpki, type MachineId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chipCsr } from "../src/broker/test-chip.ts";
import { sha256 } from "../src/device-ca/chip-csr.ts";
import { openDeviceAuthority } from "../src/device-ca/device-authority.ts";
import { registerChipEnrolment } from "../src/features/chip-enrolment/routes.ts";
import { registerMachineLife } from "../src/features/machine-life/routes.ts";
import { registerMachines } from "../src/features/machines/routes.ts";
import { type TestApp, withApp } from "./app.ts";
import { buildEnterprise, buildMachine, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf } from "./two-firms.ts";

async function newChip(): Promise<{ csr: string; chipId: ChipId }> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  return {
    csr: Buffer.from(await chipCsr(privateKey, publicKey)).toString("base64"),
    chipId: chipIdFromSpki(sha256, spki),
  };
}

describe.each(engines)("swapping a machine's chip on %s", (engine) => {
  let dir: string;
  let app: TestApp;
  let installer: string;
  let operator: string;
  let machineId: MachineId;
  let enterpriseId: Awaited<ReturnType<typeof buildEnterprise>>;
  const cutOff: ChipId[] = [];
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-swap-"));
    app = await withApp(engine, {
      async register(http, ctx) {
        const authority = await openDeviceAuthority(dir, ctx.clock);
        registerChipEnrolment(http, ctx, {
          authority,
          chipBrokerUrl: () => "mqtts://chips.example:8883",
          onRevoked: (chipId) => void cutOff.push(chipId),
        });
        registerMachines(http, ctx);
        registerMachineLife(http, ctx);
      },
    });
    installer = (await app.signInAs("installer", { region: county })).cookie;
    operator = (await app.signInAs("operator")).cookie;
    enterpriseId = await buildEnterprise(app.ctx);
  });
  afterAll(async () => {
    await app?.close();
    await rm(dir, { recursive: true });
  });
  beforeEach(async () => {
    machineId = await newMachine();
  });

  async function newMachine(): Promise<MachineId> {
    const built = await buildMachine(app.ctx, { enterpriseId, hasChip: false });
    await app.ctx.db
      .updateTable("machines")
      .set({ status: "registered" })
      .where("machine_id", "=", built.machineId)
      .execute();
    return built.machineId;
  }
  const token = (machine: MachineId, oldChip?: "unbind" | "revoke") =>
    app.call("POST", "/api/chip-enrolment-tokens", {
      cookie: installer,
      body: { machineId: machine, ...(oldChip ? { oldChip } : {}) },
    });
  async function fit(machine: MachineId, chip: { csr: string }, oldChip?: "unbind" | "revoke") {
    const { enrolmentToken } = (await token(machine, oldChip)).json();
    return await app.call("POST", "/api/chip-enrolments", { body: { csr: chip.csr, enrolmentToken } });
  }
  const machineOf = async (machine: MachineId) =>
    (await app.call("GET", `/api/machines/${machine}`, { cookie: operator })).json();
  const fittingsOf = async (machine: MachineId) =>
    (await app.call("GET", `/api/machines/${machine}/chip-fittings`, { cookie: installer })).json().fittings;
  const stepsOf = async (machine: MachineId) =>
    (await app.call("GET", `/api/machines/${machine}/timeline`, { cookie: operator }))
      .json()
      .entries.map(({ step }: { step: { step: string } }) => step.step);

  test("a first chip makes a registered machine a fitted one", async () => {
    const chip = await newChip();
    expect((await fit(machineId, chip)).statusCode).toBe(201);
    expect(await machineOf(machineId)).toMatchObject({ status: "fitted", chipId: chip.chipId });
    expect(await fittingsOf(machineId)).toMatchObject([
      { chipId: chip.chipId, removedAt: null, removal: null },
    ]);
    expect(await stepsOf(machineId)).toEqual(["fit-chip"]);
  });

  test("keeps the code and the status; the old chip is free for another machine", async () => {
    const [first, second] = [await newChip(), await newChip()];
    await fit(machineId, first);
    await app.call("POST", `/api/machines/${machineId}/steps`, {
      cookie: installer,
      body: { step: "commission", reason: "演示实测通过" },
    });
    const before = await machineOf(machineId);
    app.clock.advance(60_000);
    expect((await fit(machineId, second)).json().machineCode).toBe(before.machineCode);
    expect(await machineOf(machineId)).toMatchObject({
      machineCode: before.machineCode,
      status: "in-service",
      chipId: second.chipId,
    });
    expect(await fittingsOf(machineId)).toMatchObject([
      { chipId: second.chipId, removedAt: null },
      { chipId: first.chipId, removal: "swapped", wasRevoked: false },
    ]);
    expect(cutOff).not.toContain(first.chipId);
    expect((await fit(await newMachine(), first)).statusCode).toBe(201);
  });

  test("revokes the old chip when asked: cut off at once, never enrolled again", async () => {
    const [first, second] = [await newChip(), await newChip()];
    await fit(machineId, first);
    app.clock.advance(1_000);
    await fit(machineId, second, "revoke");
    expect(cutOff).toContain(first.chipId);
    expect((await fittingsOf(machineId)).at(-1)).toMatchObject({ chipId: first.chipId, wasRevoked: true });
    expect(codeOf(await fit(await newMachine(), first))).toBe("409 chip_enrolment.chip_revoked");
  });

  test("by a chip of another machine leaves that one registered, as its history tells", async () => {
    const [chip, other] = [await newChip(), await newMachine()];
    await fit(other, chip);
    app.clock.advance(1_000);
    await fit(machineId, chip);
    expect(await machineOf(other)).toMatchObject({ status: "registered", chipId: null });
    expect(await fittingsOf(other)).toMatchObject([{ chipId: chip.chipId, removal: "moved" }]);
    expect(await stepsOf(other)).toEqual(["remove-chip", "fit-chip"]);
  });

  test("is not possible on a scrapped machine, with a new token or an old one", async () => {
    const { enrolmentToken } = (await token(machineId)).json();
    await app.call("POST", `/api/machines/${machineId}/steps`, {
      cookie: operator,
      body: { step: "scrap", reason: "演示报废" },
    });
    expect(codeOf(await token(machineId))).toBe("409 machine.scrapped");
    const late = { body: { csr: (await newChip()).csr, enrolmentToken } };
    expect(codeOf(await app.call("POST", "/api/chip-enrolments", late))).toBe("409 machine.scrapped");
  });

  test("the history is for those who may act on the machine, within reach", async () => {
    const url = `/api/machines/${machineId}/chip-fittings`;
    const welder = (await app.signInAs("welder")).cookie;
    const elsewhere = (await app.signInAs("installer", { region: otherCounty })).cookie;
    expect(codeOf(await app.call("GET", url))).toBe("401 sign_in.required");
    expect(codeOf(await app.call("GET", url, { cookie: welder }))).toBe("403 role.forbidden");
    expect(codeOf(await app.call("GET", url, { cookie: elsewhere }))).toBe("403 region.out_of_scope");
  });
});
