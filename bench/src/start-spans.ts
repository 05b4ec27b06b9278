import type { ScanTrace } from "./chips/scanning-phone.ts";
import type { ChipTrace } from "./chips/tapped-link.ts";
import type { StartTrace } from "./platform/start-traces.ts";

/** One start in milliseconds: where the time between the scan and the verified acknowledgement went. */
export interface StartSpans {
  /** From the phone's request until the platform has verified the chip's answer that its relay is closed, and tells. */
  total: number;
  /** Network, parsing, who asks, until the deciding transaction begins. */
  http: number;
  /** Facts, rules, the stored decision. */
  decision: number;
  signature: number;
  /** The session and the command, durable. */
  commit: number;
  /** From the platform to the chip. */
  brokerDown: number;
  /** Checks, flash, relay, the answer. */
  chip: number;
  /** Back from the chip, verified. */
  brokerUp: number;
  /** Besides, not in the total: the answer has been through every step of the ingest and is durable. */
  durable: number;
  /** Besides, not in the total: the chip's event of it is committed too, and screens are told. */
  announced: number;
  /** Besides, not in the total: the phone has the answer to its request. */
  answered: number;
  /** Besides, not in the total: the phone shows that the machine has power. */
  shown: number;
  /** Besides, not in the total: how late the load asked. */
  late: number;
}

/** Undefined when a point is missing. */
export function spansOf(
  scan: ScanTrace,
  start: Partial<StartTrace> | undefined,
  chip: Partial<ChipTrace> | undefined,
): StartSpans | undefined {
  if (!start || !chip) return undefined;
  const { askedAtMs } = scan;
  const { decidingAtMs, signingAtMs, signedAtMs, publishedAtMs, verifiedAtMs, durableAtMs } = start;
  const { grantedAtMs, answeredAtMs } = chip;
  const spans = {
    total: verifiedAtMs! - askedAtMs,
    http: decidingAtMs! - askedAtMs,
    decision: signingAtMs! - decidingAtMs!,
    signature: signedAtMs! - signingAtMs!,
    commit: publishedAtMs! - signedAtMs!,
    brokerDown: grantedAtMs! - publishedAtMs!,
    chip: answeredAtMs! - grantedAtMs!,
    brokerUp: verifiedAtMs! - answeredAtMs!,
    durable: durableAtMs! - askedAtMs,
    announced: start.announcedAtMs! - askedAtMs,
    answered: scan.grantedAtMs - askedAtMs,
    shown: scan.shownAtMs - askedAtMs,
    late: askedAtMs - scan.dueAtMs,
  };
  return Object.values(spans).every(Number.isFinite) ? spans : undefined;
}
