import {
  createMachineCode,
  type EnterpriseId,
  type MachineCode,
  type MachineId,
  type PersonId,
  type RegionCode,
} from "@hanyouxu/protocol";
import { parseMachineModel, type WeldingProcess } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { machineCodeMac } from "../../crypto/machine-code-mac.ts";
import { AppError } from "../../errors.ts";
import { insertMachine, isRegion, lockMachine, updateMachine } from "./queries.ts";
import { refuseTakenSerialNumber } from "./serial-number-taken.ts";
import { recordStep } from "./step-record.ts";

const SERIAL_NUMBER = "body.serialNumber";

/** What the nameplate and the person say; the contract has seen to it that one of them tells the process. */
export interface MachineEntry {
  name: string;
  model: string;
  process?: WeldingProcess | undefined;
  serialNumber?: string | undefined;
  isMobile: boolean;
}

export interface NewMachine extends MachineEntry {
  enterpriseId: EnterpriseId;
  regionCode: RegionCode;
  home?: { latitudeDegrees: number; longitudeDegrees: number } | undefined;
}

type RegisterContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "machineCodeKey" | "audit">;

/**
 * A new machine with its code, without a chip so far.
 * @throws AppError region.not_found, machine.serial_number_taken
 */
export async function registerMachine(
  ctx: RegisterContext,
  input: NewMachine,
  actor: PersonId,
): Promise<{ machineId: MachineId; machineCode: MachineCode; process: WeldingProcess }> {
  const machineId = ctx.newId() as MachineId;
  const machineCode = createMachineCode(ctx.random, machineCodeMac(ctx.machineCodeKey));
  const process = processOf(input);
  const written = ctx.db.transaction().execute(async (tx) => {
    if (!(await isRegion(tx, input.regionCode))) throw new AppError("region.not_found");
    await insertMachine(tx, {
      machine_id: machineId,
      machine_code: machineCode,
      enterprise_id: input.enterpriseId,
      region_code: input.regionCode,
      ...columnsOf(input, process),
      status: "registered",
      lock_reason: null,
      chip_id: null,
      home_latitude_degrees: input.home?.latitudeDegrees ?? null,
      home_longitude_degrees: input.home?.longitudeDegrees ?? null,
      created_at: new Date(ctx.clock.nowMs()),
    });
    await recordStep(ctx, tx, {
      machineId,
      actor,
      step: "register",
      to: "registered",
      details: { model: input.model, process },
    });
  });
  await refuseTakenSerialNumber(written, SERIAL_NUMBER);
  return { machineId, machineCode, process };
}

/**
 * Corrects what was registered.
 * @throws AppError machine.not_found, machine.scrapped, machine.at_work, machine.serial_number_taken
 */
export async function editMachine(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "audit">,
  machineId: MachineId,
  input: MachineEntry & { reason: string },
  actor: PersonId,
): Promise<WeldingProcess> {
  const process = processOf(input);
  const written = ctx.db.transaction().execute(async (tx) => {
    const before = await lockMachine(tx, machineId);
    if (!before) throw new AppError("machine.not_found");
    if (before.status === "scrapped") throw new AppError("machine.scrapped");
    // The certificate was checked against the process: it does not change under a welder's hands.
    if (before.isHeld && before.process !== process) throw new AppError("machine.at_work");
    await updateMachine(tx, machineId, columnsOf(input, process));
    const changes = Object.entries({ name: input.name, model: input.model, process }).filter(
      ([field, value]) => before[field as "name" | "model" | "process"] !== value,
    );
    await recordStep(ctx, tx, {
      machineId,
      actor,
      step: "edit",
      reason: input.reason,
      details: {
        changes: Object.fromEntries(
          changes.map(([field, to]) => [field, { from: before[field as "name"], to }]),
        ),
      },
    });
  });
  await refuseTakenSerialNumber(written, SERIAL_NUMBER);
  return process;
}

function columnsOf(input: MachineEntry, process: WeldingProcess) {
  return {
    name: input.name,
    model: input.model,
    process,
    is_mobile: input.isMobile,
    serial_number: input.serialNumber || null,
  };
}

/** The person's word goes before the designation's. */
function processOf({ model, process }: MachineEntry): WeldingProcess {
  const parsed = parseMachineModel(model);
  const told = process ?? (parsed.ok ? parsed.value.process : null);
  if (told === null) throw new RangeError(`no process for ${model}`);
  return told;
}
