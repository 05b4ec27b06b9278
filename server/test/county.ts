import type { Role } from "@hanyouxu/api";
import {
  createMachineCode,
  type EnterpriseId,
  type MachineCode,
  type MachineId,
  type PersonId,
  type RegionCode,
  type WelderId,
} from "@hanyouxu/protocol";
import type { WeldingProcess } from "@hanyouxu/rules";
import type { AppContext } from "../src/context.ts";
import { machineCodeMac } from "../src/crypto/machine-code-mac.ts";
import type { TestApp } from "./app.ts";
import { ChipVoice } from "./chip-voice.ts";

export const county = "330723" as RegionCode;
export const township = "330723100" as RegionCode;
export const otherCounty = "330702" as RegionCode;
/** Where machines and phones are unless a test says otherwise; the same as ChipVoice's samples. */
export const here = { latitudeDegrees: 28.9, longitudeDegrees: 119.8, accuracyMetres: 5 };

type BuildContext = Pick<TestApp, "ctx" | "signInAs" | "addPerson">;

export async function buildRegion(ctx: AppContext, code: RegionCode, parent: RegionCode | null = null) {
  await ctx.db
    .insertInto("regions")
    .values({
      region_code: code,
      parent_code: parent,
      name: `演示${code}`,
      latitude_degrees: null,
      longitude_degrees: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface NewEnterprise {
  region?: RegionCode;
  status?: "active" | "suspended";
  name?: string;
}

export async function buildEnterprise(
  ctx: AppContext,
  enterprise: NewEnterprise = {},
): Promise<EnterpriseId> {
  const { region = township, status = "active", name = "演示焊接厂" } = enterprise;
  await buildRegion(ctx, region);
  const enterpriseId = ctx.newId() as EnterpriseId;
  await ctx.db
    .insertInto("enterprises")
    .values({
      enterprise_id: enterpriseId,
      name,
      uscc: null,
      industry: null,
      region_code: region,
      status,
      created_at: new Date(ctx.clock.nowMs()),
    })
    .execute();
  return enterpriseId;
}

export interface NewWelder {
  enterprises?: readonly EnterpriseId[];
  region?: RegionCode;
  status?: "active" | "suspended";
  /** Absent: valid for all of 2026. */
  certificate?: { validTo?: string; item?: string; status?: "valid" | "suspended" | "revoked" } | null;
}

export interface BuiltWelder {
  personId: PersonId;
  welderId: WelderId;
  pseudonym: string;
  cookie: string;
}

/** A signed-in person who is a welder with a certificate for arc welding. */
export async function buildWelder(app: BuildContext, welder: NewWelder = {}): Promise<BuiltWelder> {
  const { ctx } = app;
  const { enterprises = [], region = township, status = "active", certificate = {} } = welder;
  await buildRegion(ctx, region);
  const { personId, cookie } = await app.signInAs("welder");
  const welderId = ctx.newId() as WelderId;
  const pseudonym = Buffer.from(ctx.random(8)).toString("hex");
  await ctx.db
    .insertInto("welders")
    .values({
      welder_id: welderId,
      person_id: personId,
      pseudonym,
      identity_ciphertext: null,
      identity_index: null,
      region_code: region,
      status,
      created_at: new Date(ctx.clock.nowMs()),
    })
    .execute();
  for (const enterprise_id of enterprises) {
    await ctx.db.insertInto("enterprise_welders").values({ enterprise_id, welder_id: welderId }).execute();
  }
  if (certificate) {
    const number = "330723199001011234";
    await ctx.db
      .insertInto("certificates")
      .values({
        certificate_id: ctx.newId(),
        welder_id: welderId,
        family: "emergency",
        item: certificate.item ?? "fusion-welding-thermal-cutting",
        number_ciphertext: ctx.personalData.seal("certificate-number", number),
        number_index: ctx.personalData.blindIndex("certificate-number", number),
        valid_from: "2026-01-01",
        valid_to: certificate.validTo ?? "2026-12-31",
        review_due_on: null,
        status: certificate.status ?? "valid",
      })
      .execute();
  }
  return { personId, welderId, pseudonym, cookie };
}

export interface NewMachine {
  enterpriseId: EnterpriseId;
  region?: RegionCode;
  process?: WeldingProcess;
  name?: string;
  isMobile?: boolean;
  hasChip?: boolean;
}

export interface BuiltMachine {
  machineId: MachineId;
  machineCode: MachineCode;
  /** Enrolled and silent so far. */
  chip: ChipVoice;
}

/** A machine in service with an enrolled chip. */
export async function buildMachine(ctx: AppContext, machine: NewMachine): Promise<BuiltMachine> {
  const { enterpriseId, region = township, process = "SMAW", name = "演示焊机", hasChip = true } = machine;
  await buildRegion(ctx, region);
  const machineId = ctx.newId() as MachineId;
  const machineCode = createMachineCode(ctx.random, machineCodeMac(ctx.machineCodeKey));
  const chip = new ChipVoice(() => ctx.clock.nowMs());
  const created_at = new Date(ctx.clock.nowMs());
  if (hasChip) await buildChip(ctx, chip);
  await ctx.db
    .insertInto("machines")
    .values({
      machine_id: machineId,
      machine_code: machineCode,
      enterprise_id: enterpriseId,
      region_code: region,
      name,
      model: "ZX7-400",
      process,
      is_mobile: machine.isMobile ?? false,
      status: "in-service",
      lock_reason: null,
      chip_id: hasChip ? chip.chipId : null,
      home_latitude_degrees: here.latitudeDegrees,
      home_longitude_degrees: here.longitudeDegrees,
      created_at,
    })
    .execute();
  return { machineId, machineCode, chip };
}

/** An enrolled chip in no machine. */
export async function buildChip(ctx: AppContext, chip: ChipVoice): Promise<void> {
  await ctx.db
    .insertInto("chips")
    .values({
      chip_id: chip.chipId,
      spki: chip.spki,
      certificate_serial: null,
      certificate_not_after: null,
      enrolled_at: new Date(ctx.clock.nowMs()),
      revoked_at: null,
      event_hash: null,
    })
    .execute();
}

/** Staff of a region, or an officer of an enterprise, signed in. */
export async function buildStaff(
  app: BuildContext,
  role: Role,
  reach: { region?: RegionCode; enterpriseId?: EnterpriseId; department?: string } = {},
): Promise<{ personId: PersonId; cookie: string }> {
  return await app.signInAs(role, reach);
}
