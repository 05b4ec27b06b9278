/**
 * One attempt to start one machine has one key, kept until an answer came, also over a reload: asking again after a
 * lost answer gives the same work session, never a second one.
 */
const STORED_AT = "hanyouxu.start-attempt";
/** An older attempt is forgotten: the person comes back to a new situation. */
const LONGEST_MS = 10 * 60_000;

interface Attempt {
  machineCode: string;
  idempotencyKey: string;
  madeAtMs: number;
}

export interface AttemptPorts {
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  nowMs(): number;
  newKey(): string;
}

/** The key of the attempt that is under way for this machine, or of a new one. */
export function attemptKey(ports: AttemptPorts, machineCode: string): string {
  const stored = ports.storage.getItem(STORED_AT);
  if (stored) {
    const attempt = JSON.parse(stored) as Attempt;
    if (attempt.machineCode === machineCode && ports.nowMs() - attempt.madeAtMs < LONGEST_MS) {
      return attempt.idempotencyKey;
    }
  }
  const attempt: Attempt = { machineCode, idempotencyKey: ports.newKey(), madeAtMs: ports.nowMs() };
  ports.storage.setItem(STORED_AT, JSON.stringify(attempt));
  return attempt.idempotencyKey;
}

/** An answer came: the next start is a new attempt. */
export function endAttempt(ports: AttemptPorts): void {
  ports.storage.removeItem(STORED_AT);
}

export const browserAttempts: AttemptPorts = {
  get storage() {
    return sessionStorage;
  },
  nowMs: () => Date.now(),
  // randomUUID exists on secure pages only; a demo is often opened by plain http in the same room.
  newKey: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
      "",
    ),
};
