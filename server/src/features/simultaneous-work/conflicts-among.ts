import { mostConflictMetres, type WorkConflict, workConflict } from "@hanyouxu/rules";
import { type GoingWork, LEAST_METRES_PER_DEGREE } from "./going-works.ts";

/** Two works that conflict; the first is hot work, and of two the one with the smaller key. */
export interface ConflictPair {
  one: GoingWork;
  other: GoingWork;
  finding: WorkConflict;
}

/**
 * All pairs that conflict. Works are looked at from south to north, each against those whose latitude is near enough,
 * so that a county's work costs little more than its neighbours do.
 */
export function conflictsAmong(works: readonly GoingWork[]): ConflictPair[] {
  const sorted = [...works].sort((a, b) => latitudeOf(a) - latitudeOf(b));
  const widestMetres = Math.max(0, ...sorted.map(({ placed }) => placed.extentMetres));
  return sorted.flatMap((work, index) => {
    const reach = (mostConflictMetres + work.placed.extentMetres + widestMetres) / LEAST_METRES_PER_DEGREE;
    const found: ConflictPair[] = [];
    for (let next = index + 1; next < sorted.length; next++) {
      const other = sorted[next]!;
      if (latitudeOf(other) - latitudeOf(work) > reach) break;
      const pair = pairOf(work, other);
      if (pair) found.push(pair);
    }
    return found;
  });
}

/** What one work conflicts with among others, itself and its own permit left out. */
export function conflictsWith(work: GoingWork, others: readonly GoingWork[]): ConflictPair[] {
  return others.flatMap((other) => pairOf(work, other) ?? []);
}

const latitudeOf = ({ placed }: GoingWork) => placed.place.latitudeDegrees;

function pairOf(a: GoingWork, b: GoingWork): ConflictPair | undefined {
  if (a.key === b.key || a.permitKey === b.key || b.permitKey === a.key) return undefined;
  // One welder does one thing at a time, whatever papers he has.
  if (isHot(a) && isHot(b) && a.people[0] === b.people[0]) return undefined;
  const finding = workConflict(a.placed, b.placed);
  if (!finding) return undefined;
  const isInOrder = isHot(a) && (!isHot(b) || a.key < b.key);
  return isInOrder ? { one: a, other: b, finding } : { one: b, other: a, finding };
}

const isHot = ({ placed }: GoingWork) => placed.work.kind === "hot-work";
