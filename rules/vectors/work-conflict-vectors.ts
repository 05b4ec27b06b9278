/** Pairs of works at, just within and just beyond every distance, on the ground, in height and in time. */
import {
  conflictLimits,
  hotWorkRegimes,
  otherWorkKinds,
  type PlacedWork,
  workConflict,
} from "../src/index.ts";

const NOON_MS = Date.UTC(2026, 10, 23, 4);
const HOUR_MS = 3_600_000;
/** As the great circle of `distance.ts` has it. */
const METRES_PER_DEGREE = (Math.PI / 180) * 6_371_008.8;

const hotWork: PlacedWork = {
  work: { kind: "hot-work", regime: "chemical" },
  firmId: "firm-a",
  place: { latitudeDegrees: 28.9, longitudeDegrees: 119.8, accuracyMetres: 0 },
  extentMetres: 0,
  floor: null,
  heightMetres: null,
  fromMs: NOON_MS,
  toMs: NOON_MS + HOUR_MS,
};

const northOf = (metres: number, accuracyMetres = 0) => ({
  ...hotWork.place,
  latitudeDegrees: hotWork.place.latitudeDegrees + metres / METRES_PER_DEGREE,
  accuracyMetres,
});

interface Case {
  name: string;
  one: PlacedWork;
  other: PlacedWork;
}

function casesOf(kind: PlacedWork["work"]["kind"], limitMetres: number): Case[] {
  const work: PlacedWork["work"] = kind === "hot-work" ? hotWork.work : { kind };
  const other = (change: Partial<PlacedWork>): PlacedWork => ({
    ...hotWork,
    work,
    firmId: "firm-b",
    ...change,
  });
  const pair = (name: string, change: Partial<PlacedWork>, one = hotWork): Case => ({
    name: `${kind}: ${name}`,
    one,
    other: other(change),
  });
  const high = (heightMetres: number) => ({ ...hotWork, heightMetres });
  return [
    ...[limitMetres - 0.01, limitMetres, limitMetres + 0.01].map((metres) =>
      pair(`${metres} m away`, { place: northOf(metres) }),
    ),
    ...[limitMetres - 0.01, limitMetres, limitMetres + 0.01].map((metres) =>
      pair(`${metres} m below`, { heightMetres: 40 - metres }, high(40)),
    ),
    pair("beyond by its point, within by the fix's error", { place: northOf(limitMetres + 5, 5) }),
    pair("beyond with the fix's error", { place: northOf(limitMetres + 5.01, 5) }),
    pair("a fix that says nothing counts as 20 m", { place: northOf(limitMetres + 20.01, 3_000) }),
    pair("takes up 50 m around and reaches to the limit", {
      place: northOf(limitMetres + 50),
      extentMetres: 50,
    }),
    pair("takes up 50 m around and ends before the limit", {
      place: northOf(limitMetres + 50.01),
      extentMetres: 50,
    }),
    pair("one floor below", { floor: "B1" }, { ...hotWork, floor: "1" }),
    pair("eleven floors above", { floor: "12" }, { ...hotWork, floor: "1" }),
    pair("nobody said which floor", { floor: null }, { ...hotWork, floor: "12" }),
    pair("begins as the other ends", { fromMs: NOON_MS + HOUR_MS, toMs: NOON_MS + 2 * HOUR_MS }),
    pair("begins a millisecond before the other ends", { fromMs: NOON_MS + HOUR_MS - 1, toMs: null }),
    pair("is done by the same firm", { firmId: "firm-a" }),
  ];
}

export function workConflictVectors() {
  const limits = conflictLimits("chemical");
  return {
    limits: hotWorkRegimes.map((regime) => ({
      regime,
      limits: conflictLimits(regime).map(({ kind, metres, clause }) => ({
        kind,
        metres,
        clause: `${clause.kind} ${clause.article ?? "-"} ${clause.verified ? "verified" : "unverified"}`,
      })),
    })),
    cases: [
      ...limits.flatMap(({ kind, metres }) => casesOf(kind, metres)),
      {
        name: "two declared works",
        one: { ...hotWork, work: { kind: otherWorkKinds[0] } },
        other: { ...hotWork, work: { kind: otherWorkKinds[3] }, firmId: "firm-b" },
      } satisfies Case,
    ].map(({ name, one, other }) => {
      const found = workConflict(one, other);
      return {
        name,
        one,
        other,
        conflict: found && { ...found, clause: `${found.clause.kind} ${found.clause.article ?? "-"}` },
      };
    }),
  };
}
