/** What there is to inspect with. */
export interface InspectionMeans {
  /** People who go out. */
  staff: number;
  days: number;
  /** Of one person on one day. */
  hoursADay: number;
  hoursAVisit: number;
  /** To a region and back, once a day. */
  hoursToRegion: number;
  /** Between two firms of one region. */
  hoursBetween: number;
}

/** Who could be inspected. */
export interface InspectionCandidate<Id extends string = string> {
  id: Id;
  /** Where it is: one trip serves one region. */
  region: string;
  score: number;
}

/** One visit of a plan: who of the staff (from 1), on which day (from 1), as which of the day (from 1). */
export interface InspectionVisit<Id extends string = string> {
  id: Id;
  region: string;
  day: number;
  person: number;
  turn: number;
}

/** How many firms one person reaches in one day. */
export function visitsADay({ hoursADay, hoursAVisit, hoursToRegion, hoursBetween }: InspectionMeans): number {
  const left = hoursADay - hoursToRegion + hoursBetween;
  return Math.max(0, Math.floor(left / (hoursAVisit + hoursBetween) + 1e-9));
}

/**
 * Whom to inspect within the means: each person-day goes to the region whose riskiest firms that are left, as many as fit,
 * have most points together. Days fill one after another, so that the riskiest are seen first.
 * Nobody is inspected twice.
 */
export function planInspections<Id extends string>(
  candidates: readonly InspectionCandidate<Id>[],
  means: InspectionMeans,
): InspectionVisit<Id>[] {
  const most = visitsADay(means);
  const left = new Map<string, InspectionCandidate<Id>[]>();
  for (const candidate of candidates.toSorted(byRisk)) {
    left.set(candidate.region, [...(left.get(candidate.region) ?? []), candidate]);
  }
  const visits: InspectionVisit<Id>[] = [];
  for (let day = 1; day <= means.days; day++) {
    for (let person = 1; person <= means.staff; person++) {
      const region = bestRegion(left, most);
      if (region === undefined) return visits;
      left
        .get(region)!
        .splice(0, most)
        .forEach(({ id }, index) => {
          visits.push({ id, region, day, person, turn: index + 1 });
        });
    }
  }
  return visits;
}

function bestRegion(
  left: ReadonlyMap<string, readonly InspectionCandidate[]>,
  most: number,
): string | undefined {
  let best: { region: string; points: number } | undefined;
  for (const [region, candidates] of left) {
    const next = candidates.slice(0, most);
    if (next.length === 0) continue;
    const points = next.reduce((sum, { score }) => sum + score, 0);
    if (!best || points > best.points || (points === best.points && region < best.region)) {
      best = { region, points };
    }
  }
  return best?.region;
}

function byRisk(one: InspectionCandidate, other: InspectionCandidate): number {
  return other.score - one.score || (one.id < other.id ? -1 : 1);
}
