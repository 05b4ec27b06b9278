import type { EnterpriseDomain, EnterpriseRole, EnterpriseType, Role } from "@hanyouxu/api";
import {
  createMachineCode,
  type EnterpriseId,
  type MachineCode,
  type MachineId,
  type PersonId,
  type RegionCode,
  type WelderId,
} from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { machineCodeMac } from "../../crypto/machine-code-mac.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { insertRows } from "./queries.ts";

export interface RegisteredRegion {
  code: RegionCode;
  parentCode: RegionCode | null;
  name: string;
  latitudeDegrees: number | null;
  longitudeDegrees: number | null;
}

export interface RegisteredPerson {
  personId: PersonId;
  name: string;
  phone: string | null;
  roles: readonly { role: Role; region: RegionCode | null; enterpriseId: EnterpriseId | null }[];
}

export interface RegisteredEnterprise {
  enterpriseId: EnterpriseId;
  name: string;
  uscc: string;
  /** A code of GB/T 4754, such as C33. */
  industry: string | null;
  regionCode: RegionCode;
  /** Left out: it welds. */
  roles?: readonly EnterpriseRole[];
  type?: EnterpriseType;
  domain?: EnterpriseDomain;
  staffCount?: number;
  place?: { latitudeDegrees: number; longitudeDegrees: number };
  address?: string;
}

export interface RegisteredCertificate {
  family: string;
  item: string;
  number: string;
  validFrom: string;
  validTo: string;
  reviewDueOn: string | null;
  status: "valid" | "suspended" | "revoked";
}

export interface RegisteredWelder {
  welderId: WelderId;
  personId: PersonId;
  identityNumber: string;
  regionCode: RegionCode;
  enterpriseIds: readonly EnterpriseId[];
  certificates: readonly RegisteredCertificate[];
}

export interface RegisteredMachine {
  machineId: MachineId;
  name: string;
  model: string;
  process: string;
  isMobile: boolean;
  enterpriseId: EnterpriseId;
  regionCode: RegionCode;
  home: { latitudeDegrees: number; longitudeDegrees: number } | null;
  /** Absent: in service. */
  status?: "registered" | "in-service";
  serialNumber?: string | null;
}

export interface RegisteredFireWatch {
  /** Among the persons, with the role. */
  personId: PersonId;
  enterpriseId: EnterpriseId;
  trainedOn: string;
  trainedTo: string;
  addedBy: PersonId;
}

/** A county's register as one whole: parents before children in `regions`. */
export interface Register {
  regions: readonly RegisteredRegion[];
  persons: readonly RegisteredPerson[];
  enterprises: readonly RegisteredEnterprise[];
  welders: readonly RegisteredWelder[];
  machines: readonly RegisteredMachine[];
  /** Left out: none. */
  fireWatches?: readonly RegisteredFireWatch[];
}

/**
 * Takes a whole register in, all or nothing (within the caller's transaction where `db` is one), and gives each machine its code. Personal data is sealed on the way.
 * @throws a unique violation when something of it is there already
 */
export async function importRegister(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "newId" | "personalData" | "machineCodeKey" | "audit">,
  register: Register,
  actor: string,
): Promise<Map<MachineId, MachineCode>> {
  const mac = machineCodeMac(ctx.machineCodeKey);
  const codes = new Map(
    register.machines.map(({ machineId }) => [machineId, createMachineCode(ctx.random, mac)]),
  );
  await inTransaction(ctx.db, async (tx) => {
    await insertRows(tx, ctx, register, codes);
    await ctx.audit.record(tx, {
      actor,
      action: "register.imported",
      subject: `region:${register.regions[0]?.code ?? "none"}`,
      details: { machines: register.machines.length, welders: register.welders.length },
    });
  });
  return codes;
}

export { inserts, type RowsFrom } from "./inserts.ts";
export { registerRows } from "./rows.ts";
