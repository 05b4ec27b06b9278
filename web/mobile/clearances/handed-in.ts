const STORED_AT = "hanyouxu.evidence-handed-in";

function handedIn(): readonly string[] {
  return JSON.parse(sessionStorage.getItem(STORED_AT) ?? "[]") as string[];
}

/** These pictures belong to a record now; they prove nothing about the next one. Kept over a reload. */
export function noteHandedIn(evidenceIds: readonly string[]): void {
  sessionStorage.setItem(STORED_AT, JSON.stringify([...handedIn(), ...evidenceIds]));
}

/** Those that no record rests on yet, as far as this page knows. */
export function notHandedIn(evidenceIds: readonly string[]): string[] {
  const before = new Set(handedIn());
  return evidenceIds.filter((evidenceId) => !before.has(evidenceId));
}
