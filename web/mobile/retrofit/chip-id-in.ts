import { type ChipId, parseChipId } from "@hanyouxu/protocol";

/** The chip id in what the code on a chip's housing says: bare, or the last part of an address. Never a label's. */
export function chipIdIn(text: string): ChipId | undefined {
  if (text.includes("/c/")) return undefined;
  const last = text.trim().split(/[?#]/, 1)[0]?.split(/[/:]/).filter(Boolean).at(-1) ?? "";
  return parseChipId(last.toLowerCase().replaceAll(/[\s-]/g, ""));
}
