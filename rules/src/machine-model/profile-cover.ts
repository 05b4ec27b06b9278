/** Which of many adaptation profiles covers a designation: families by pattern, so that one profile covers many models. */
export interface Covering {
  /** Designations in their one spelling, `*` for any characters: `ZX7-*`, `YD-*KR*`. */
  patterns: readonly string[];
  /** Above this current the parts of the profile do not carry the machine; null: whatever the rating. */
  mostRatedAmps: number | null;
}

/** True for what may stand in `patterns`: it begins with two letters or digits at least, so that none covers everything. */
export function isModelPattern(text: string): boolean {
  return /^[A-Z0-9]{2}[A-Z0-9/.+*-]{0,38}$/.test(text);
}

/**
 * The profile that covers the designation; of several the one whose pattern says most about it, then the one for the
 * smaller machines. Undefined when none does.
 * @param designation in its one spelling, as `parseMachineModel` gives it
 * @param ratedAmps null when the designation does not tell: only profiles for any rating cover it then
 */
export function coveringProfile<Profile extends Covering>(
  profiles: readonly Profile[],
  designation: string,
  ratedAmps: number | null,
): Profile | undefined {
  let best: { profile: Profile; weight: number } | undefined;
  for (const profile of profiles) {
    const { mostRatedAmps: most } = profile;
    if (most !== null && (ratedAmps === null || ratedAmps > most)) continue;
    const said = Math.max(-1, ...profile.patterns.filter((it) => matches(it, designation)).map(letters));
    if (said < 0) continue;
    const weight = said * 100_000 - (most ?? 99_999);
    if (!best || weight > best.weight) best = { profile, weight };
  }
  return best?.profile;
}

function letters(pattern: string): number {
  return pattern.replaceAll("*", "").length;
}

/** Without regular expressions: patterns are typed by people and must not be able to run long. */
function matches(pattern: string, designation: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === designation;
  if (!designation.startsWith(head)) return false;
  const tail = rest.pop() ?? "";
  let at = head.length;
  for (const part of rest) {
    const found = designation.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return designation.length - tail.length >= at && designation.endsWith(tail);
}
