import { type MachineCode, parseMachineCode } from "@hanyouxu/protocol";

/** The machine code in what a QR code or a person says. */
export function machineCodeIn(text: string): MachineCode | undefined {
  const parsed = parseMachineCode(text);
  return parsed.ok ? parsed.value : undefined;
}
