import {
  type CodeKind,
  type CodeMac,
  createKeyedCode,
  isAuthenticCode,
  parseKeyedCode,
} from "./keyed-code.ts";
import type { RandomBytes } from "./ports.ts";
import type { Decoded } from "./rejection.ts";
import type { MachineCode } from "./units.ts";

/** The code on a machine's label: 16 letters in four groups (see keyed-code.ts). */
const MACHINE: CodeKind = { prefix: "", label: "", field: "machineCode" };

export function createMachineCode(random: RandomBytes, mac: CodeMac): MachineCode {
  return createKeyedCode(MACHINE, random, mac) as MachineCode;
}

/** Reads a bare code or a URL that ends in one; `isAuthenticMachineCode` tests whether it is ours. */
export function parseMachineCode(text: string): Decoded<MachineCode> {
  return parseKeyedCode(MACHINE, text) as Decoded<MachineCode>;
}

/** False for a code that this platform did not make. */
export function isAuthenticMachineCode(code: MachineCode, mac: CodeMac): boolean {
  return isAuthenticCode(MACHINE, code, mac);
}

/** As printed under the QR: XXXX-XXXX-XXXX-XXXX. */
export function formatMachineCode(code: MachineCode): string {
  return code.match(/.{4}/g)!.join("-");
}

/** What the label's QR says: a phone's own camera opens the right page, our scanner takes the code. */
export function machineCodeUrl(publicUrl: string, code: MachineCode): string {
  return `${publicUrl.replace(/\/$/, "")}/c/${code}`;
}
