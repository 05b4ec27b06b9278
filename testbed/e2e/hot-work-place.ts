import { type ApiClient, fireWatchRoutes, keyAreaRoutes } from "@hanyouxu/api";
import type { Store } from "@hanyouxu/server";
import { type DemoMachine, type DemoSiteOwner, type DemoWelder, shiftPlace } from "@hanyouxu/simulator";
import type { System } from "../src/index.ts";

/** The demonstration's phones run from 19900000000; these are nobody's in it. */
const WATCH_PHONES = ["19900099901", "19900099902"] as const;
const SQUARE_METRES = 60;

/** A small hospital around one machine, with fire watches of its own. */
export interface HotWorkPlace {
  keyAreaId: string;
  name: string;
  siteOwner: DemoSiteOwner;
  machine: DemoMachine;
  welder: DemoWelder;
  /** Where the machine stands. */
  point: { latitudeDegrees: number; longitudeDegrees: number; accuracyMetres: number };
  watches: readonly { personId: string; phone: string }[];
  abolish(): Promise<void>;
}

export async function buildHotWorkPlace(
  { county, fleet }: System,
  regulator: ApiClient,
  {
    machineId,
    welder,
    name,
    east = 0,
    floors = null,
  }: {
    machineId: string;
    welder: DemoWelder;
    name: string;
    /** So many metres east of the machine is the middle. */
    east?: number;
    floors?: string[] | null;
  },
): Promise<HotWorkPlace> {
  const siteOwner = county.siteOwners[0]!;
  // Where it stands now: a mobile machine is not at home.
  const { machine, world } = fleet.machine(machineId)!;
  const { latitudeDegrees, longitudeDegrees } = world.body.place;
  const corner = (right: number, up: number): [number, number] => {
    const place = shiftPlace(world.body.place, east + right * SQUARE_METRES, up * SQUARE_METRES);
    return [place.longitudeDegrees, place.latitudeDegrees];
  };
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
  const { keyAreaId } = await regulator.call(keyAreaRoutes.createKeyArea, {
    body: {
      kind: "hospital",
      name,
      region: machine.townshipCode,
      siteOwnerEnterpriseId: siteOwner.enterpriseId,
      address: null,
      contacts: [],
      shape: { type: "polygon", geometry: { type: "Polygon", coordinates: [ring] } },
      floors,
      minHeightMetres: null,
      maxHeightMetres: null,
      validity: { from: null, until: null, openingHours: [], specialPeriods: [] },
      policy: {
        demands: { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true },
        sceneCheckAttempts: 2,
        graceMinutes: 0,
        smoulderWatchMinutes: 60,
        workWhileOpen: "allowed",
      },
      reason: "演示登记",
    },
  });
  const params = { enterpriseId: siteOwner.enterpriseId };
  const known = (await regulator.call(fireWatchRoutes.listFireWatches, { params })).fireWatches;
  const watches = [];
  for (const [index, phone] of WATCH_PHONES.entries()) {
    const watch =
      // Phones are masked: the last four digits tell them apart.
      known.find((one) => one.phone?.endsWith(phone.slice(-4))) ??
      (await regulator.call(fireWatchRoutes.addFireWatch, {
        params,
        body: {
          name: `演示监护${"甲乙"[index]}`,
          phone,
          trainedOn: "2026-01-01",
          trainedTo: "2099-12-31",
          certificateNumber: null,
        },
      }));
    watches.push({ personId: watch.personId, phone });
  }
  return {
    keyAreaId,
    name,
    siteOwner,
    machine,
    welder,
    point: { latitudeDegrees, longitudeDegrees, accuracyMetres: 8 },
    watches,
    async abolish() {
      await regulator.call(keyAreaRoutes.abolishKeyArea, {
        params: { keyAreaId },
        body: { basedOnVersion: 1, reason: "演示结束" },
      });
    },
  };
}

type Written = Pick<Store, "db">;

/** Nobody waits minutes in a test: the grace that a fire watch has to come back becomes seconds, for one clearance. */
export async function shortenGrace({ db }: Written, clearanceId: string): Promise<void> {
  const { policy } = await db
    .selectFrom("clearances")
    .select("policy")
    .where("clearance_id", "=", clearanceId)
    .executeTakeFirstOrThrow();
  await db
    .updateTable("clearances")
    .set({ policy: JSON.stringify({ ...policy, watchGraceMinutes: 0.1 }) })
    .where("clearance_id", "=", clearanceId)
    .execute();
}

/**
 * The hour of a smoulder watch passes at once: its next look is due now, or its time is over and the last look due. The
 * test says when, not the clock, so that a slow machine misses nothing. A test writes nothing else of a clearance.
 */
export async function passSmoulderTime(
  { db }: Written,
  clearanceId: string,
  until: "next-look" | "end",
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { state } = await tx
      .selectFrom("clearances")
      .select("state")
      .where("clearance_id", "=", clearanceId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (!state.smoulder) throw new Error(`clearance ${clearanceId} is not in its smoulder watch`);
    const nowMs = Date.now();
    const endsAtMs = until === "end" ? nowMs : state.smoulder.endsAtMs;
    const smoulder = { ...state.smoulder, endsAtMs, nextCheckDueAtMs: nowMs, wasReminded: false };
    await tx
      .updateTable("clearances")
      .set({ state: JSON.stringify({ ...state, smoulder }), due_at: new Date(nowMs) })
      .where("clearance_id", "=", clearanceId)
      .execute();
  });
}
