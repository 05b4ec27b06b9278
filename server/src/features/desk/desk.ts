import type { Desk, DeskTodoKind, Role } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import type { ReachedRows } from "../../db/within-scope.ts";
import { countAlarms, departmentsOf } from "../alarms/alarms.ts";
import { countAppeals } from "../appeals/appeals.ts";
import { countReviews } from "../certificate-review/certificate-review.ts";
import { countCalls, countScenes } from "../clearances/clearances.ts";
import { countPermits } from "../hot-work-permits/hot-work-permits.ts";
import { countRectifications } from "../rectification/rectification.ts";
import { type Person, type Scope, sightOf } from "../sign-in/sign-in.ts";
import { findRegion, selectChildren, selectFigures } from "./queries.ts";

/** Whose desk it is: those who act for regions. */
export const DESK_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];

type DeskContext = Pick<AppContext, "db" | "clock">;

/** What somebody sees of each group; undefined: nothing. */
interface DeskSight {
  personId: PersonId;
  departments: readonly string[];
  alarms: ReachedRows;
  sessions: ReachedRows | undefined;
  people: ReachedRows | undefined;
}

/**
 * What waits for somebody, counted as its lists count, and the figures of the regions below the one that is asked for: the
 * caller's own where none is.
 */
export async function deskOf(
  ctx: DeskContext,
  person: Person,
  scope: Scope,
  asked?: RegionCode,
): Promise<Desk> {
  const nowMs = ctx.clock.nowMs();
  const sight: DeskSight = {
    personId: person.personId,
    departments: departmentsOf(person),
    alarms: scope,
    sessions: reachOf(sightOf(person, "sessions", "rows", DESK_ROLES)),
    people: reachOf(sightOf(person, "people", "rows", DESK_ROLES)),
  };
  const own = asked ?? (scope.everywhere || scope.regions.length !== 1 ? null : scope.regions[0]!);
  const region = own === null ? undefined : await findRegion(ctx.db, own);
  return {
    asOf: new Date(nowMs).toISOString(),
    todo: await todoOf(ctx, sight, new Date(nowMs)),
    region: region ?? null,
    regions: await selectFigures(ctx.db, await comparedRegions(ctx, scope, own), sight),
  };
}

function reachOf(scope: Scope): ReachedRows | undefined {
  return scope.everywhere || scope.regions.length > 0 ? scope : undefined;
}

/** Below the one region; the several regions of somebody who has more; itself where nothing lies below. */
async function comparedRegions(
  ctx: DeskContext,
  scope: Scope,
  own: RegionCode | null,
): Promise<RegionCode[]> {
  if (own === null && !scope.everywhere) return [...scope.regions];
  const children = await selectChildren(ctx.db, own);
  return children.length > 0 || own === null ? children : [own];
}

async function todoOf({ db }: DeskContext, sight: DeskSight, now: Date): Promise<Desk["todo"]> {
  const { alarms, sessions, people, personId, departments } = sight;
  const open = { scope: alarms, isOpen: true } as const;
  const counts: [DeskTodoKind, Promise<number> | undefined][] = [
    ["alarms-unacknowledged", countAlarms(db, { ...open, handling: "unacknowledged" })],
    ["alarms-mine", countAlarms(db, { ...open, assignedTo: personId })],
    [
      "alarms-my-departments",
      departments.length === 0 ? undefined : countAlarms(db, { ...open, waitsForDepartments: departments }),
    ],
    ["alarms-overdue", countAlarms(db, { ...open, overdueAt: now })],
    ["station-calls", sessions && countCalls(db, { scope: sessions, isOpen: true })],
    ["scene-reviews", sessions && countScenes(db, { scope: sessions, state: "waiting" })],
    ["certificate-reviews", people && countReviews(db, { scope: people, state: "waiting" })],
    ["permits-submitted", sessions && countPermits(db, { scope: sessions, status: "submitted" })],
    ["rectifications-answered", countRectifications(db, { scope: alarms, status: "answered" })],
    ["rectifications-overdue", countRectifications(db, { scope: alarms, status: "issued", isOverdue: true })],
    ["certificates-expiring", countAlarms(db, { ...open, kind: "certificate-expiring" })],
    ["appeals", people && countAppeals(db, { scope: people, status: "open" })],
  ];
  const found = await Promise.all(counts.map(([, counted]) => counted));
  return counts.flatMap(([kind], index) => {
    const count = found[index];
    return count === undefined ? [] : [{ kind, count }];
  });
}
