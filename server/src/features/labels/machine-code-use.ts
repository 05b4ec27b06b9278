import {
  isAuthenticMachineCode,
  type MachineCode,
  type PersonId,
  parseMachineCode,
} from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { machineCodeMac } from "../../crypto/machine-code-mac.ts";
import { AppError } from "../../errors.ts";
import { insertRefusedCode, selectLabel } from "./queries.ts";

type CodeContext = Pick<AppContext, "db" | "clock" | "newId" | "machineCodeKey" | "metrics">;

/**
 * The code that somebody scanned or typed, made by this platform. One that was made up is counted and kept.
 * @throws AppError machine_code.invalid | machine_code.forged
 */
export async function authenticCode(
  ctx: CodeContext,
  text: string,
  personId: PersonId,
): Promise<MachineCode> {
  const parsed = parseMachineCode(text);
  if (!parsed.ok) throw new AppError("machine_code.invalid");
  if (isAuthenticMachineCode(parsed.value, machineCodeMac(ctx.machineCodeKey))) return parsed.value;
  ctx.metrics.forgedCodes.inc();
  await insertRefusedCode(ctx.db, {
    refused_code_id: ctx.newId(),
    machine_code: parsed.value,
    reason: "forged",
    person_id: personId,
    machine_id: null,
    region_code: null,
    refused_at: new Date(ctx.clock.nowMs()),
  });
  throw new AppError("machine_code.forged");
}

/**
 * Why an authentic code leads to no machine: its label is void or blank, which is counted and kept, or there is none.
 * Never within a transaction that the refusal undoes.
 */
export async function whyNoMachine(
  ctx: CodeContext,
  machineCode: MachineCode,
  personId: PersonId,
): Promise<AppError> {
  const label = await selectLabel(ctx.db, machineCode);
  if (!label || label.state === "bound") return new AppError("machine.not_found");
  ctx.metrics.voidCodes.inc({ reason: label.state });
  await insertRefusedCode(ctx.db, {
    refused_code_id: ctx.newId(),
    machine_code: machineCode,
    reason: label.state,
    person_id: personId,
    machine_id: label.machine_id,
    region_code: label.region_code,
    refused_at: new Date(ctx.clock.nowMs()),
  });
  return new AppError(label.state === "void" ? "machine_code.void" : "machine_code.blank");
}
