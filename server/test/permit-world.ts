import { measuresOf, type PermitBody } from "@hanyouxu/api";
import type { EnterpriseId, KeyAreaId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { HotWorkRegime, WorkRegime } from "@hanyouxu/rules";
import type { LightMyRequestResponse } from "fastify";
import {
  buildEnterprise,
  buildMachine,
  buildRegion,
  buildStaff,
  buildWelder,
  county,
  here,
  otherCounty,
  township,
} from "./county.ts";
import type { Engine } from "./database.ts";
import { aPicture } from "./new-welder.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const hourMs = 3_600_000;

/** A site owner with an officer and a trained fire watch, a contractor with an officer, a welder and a machine. */
export type PermitWorld = Awaited<ReturnType<typeof permitWorld>>;

export async function permitWorld(engine: Engine, regime: WorkRegime = "general") {
  // Days pass here: nobody is to be signed out by them.
  const app = await withPlatform(engine, {
    config: { signIn: { idleMinutes: 100_000, absoluteHours: 10_000 } },
  });
  const { ctx } = app;
  await buildRegion(ctx, county);
  await buildRegion(ctx, otherCounty);
  const ownerId = await buildEnterprise(ctx, { name: "演示用焊医院" });
  const contractorId = await buildEnterprise(ctx, { name: "演示施工队" });
  const strangerId = await buildEnterprise(ctx, { name: "演示外县厂", region: otherCounty });
  await ctx.db
    .updateTable("enterprises")
    .set({ is_site_owner: true, regime })
    .where("enterprise_id", "=", ownerId)
    .execute();
  const machine = await buildMachine(ctx, { enterpriseId: contractorId, name: "演示流动机", isMobile: true });
  const welder = await buildWelder(app, { enterprises: [contractorId] });
  const people = {
    welder,
    otherWelder: await buildWelder(app, { region: otherCounty }),
    officer: await buildStaff(app, "enterprise-officer", { enterpriseId: ownerId }),
    supervisor: await buildStaff(app, "enterprise-officer", { enterpriseId: contractorId }),
    otherOfficer: await buildStaff(app, "enterprise-officer", { enterpriseId: strangerId }),
    regulator: await buildStaff(app, "regulator", { region: county }),
    otherRegulator: await buildStaff(app, "regulator", { region: otherCounty }),
    /** Sees work, and of people only their rows. */
    blind: await buildStaff(app, "regulator", { region: county, department: "public-security" }),
    station: await buildStaff(app, "station-staff", { region: township }),
    installer: await buildStaff(app, "installer", { region: county }),
    watch: await buildWatch(app, ownerId),
  };
  type Who = keyof typeof people | { cookie: string } | undefined;

  const call = (
    who: Who,
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    body?: object,
  ): Promise<LightMyRequestResponse> => {
    const cookie = typeof who === "string" ? people[who].cookie : who?.cookie;
    return app.call(method, url, {
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { body }),
    });
  };
  const step = (who: Who, permitId: string, name: string, body: object = {}) =>
    call(who, "POST", `/api/hot-work-permits/${permitId}/${name}`, body);

  const world = {
    app,
    ctx,
    people,
    machine,
    ownerId,
    contractorId,
    call,
    step,
    isoIn: (ms: number) => new Date(app.clock.nowMs() + ms).toISOString(),
    /** A whole draft; `change` says what is different. */
    body(change: Partial<PermitBody> = {}): object {
      return {
        siteOwnerEnterpriseId: ownerId,
        contractorEnterpriseId: contractorId,
        machineCode: machine.machineCode,
        point: { ...here, floor: "3", description: "三楼东侧管井" },
        grade: regime === "chemical" ? "grade-1" : null,
        workDescription: "更换管道支架",
        method: "SMAW",
        plannedFrom: world.isoIn(hourMs),
        plannedTo: world.isoIn(4 * hourMs),
        form: goodForm(regime === "special-equipment" ? "general" : regime),
        supervisorPersonId: people.supervisor.personId,
        fireWatchPersonId: people.watch.personId,
        ...change,
      };
    },
    /** The permit as `who` sees it. */
    async detail(permitId: string, who: Who = "welder") {
      return (await call(who, "GET", `/api/hot-work-permits/${permitId}`)).json();
    },
    async draft(change: Partial<PermitBody> = {}): Promise<string> {
      const response = await call("welder", "POST", "/api/hot-work-permits", world.body(change));
      if (response.statusCode !== 201) throw new Error(response.body);
      const { permitId, regime: found } = response.json();
      for (const { id, needsPhoto } of measuresOf(found as HotWorkRegime)) {
        if (needsPhoto) await step("welder", permitId, "photos", { measure: id, picture: aPicture });
      }
      return permitId;
    },
    async submitted(change: Partial<PermitBody> = {}): Promise<string> {
      const permitId = await world.draft(change);
      const response = await step("welder", permitId, "submission");
      if (response.statusCode !== 200) throw new Error(response.body);
      // A fix of five seconds ago was made for this permit.
      await app.clock.advance(10_000);
      return permitId;
    },
    async approved(change: Partial<PermitBody> = {}): Promise<string> {
      const permitId = await world.submitted(change);
      const response = await step("officer", permitId, "approval", approval());
      if (response.json().outcome !== "grant") throw new Error(response.body);
      return permitId;
    },
  };
  return world;
}

/** The approver at the place, just now. */
export function approval(change: Record<string, unknown> = {}, position: Record<string, number> = {}) {
  return {
    position: { ...here, ageSeconds: 5, ...position },
    asRole: "senior-manager",
    hasInspected: true,
    signature: aPicture,
    ...change,
  };
}

/** A signed-in person whom an enterprise registered as a fire watch. */
export async function buildWatch(
  app: TestPlatform,
  enterpriseId: EnterpriseId,
  { trainedTo = "2026-12-31" } = {},
): Promise<{ personId: PersonId; cookie: string }> {
  const watch = await app.signInAs("fire-watch", { enterpriseId });
  await app.ctx.db
    .insertInto("fire_watches")
    .values({
      fire_watch_id: app.ctx.newId(),
      person_id: watch.personId,
      enterprise_id: enterpriseId,
      trained_on: "2025-01-01",
      trained_to: trainedTo,
      certificate_number_ciphertext: null,
      added_by: watch.personId,
      added_at: new Date(app.clock.nowMs()),
    })
    .execute();
  return watch;
}

/** Everything said and in order, outdoors in the open. */
export function goodForm(regime: HotWorkRegime, change: object = {}) {
  const no = false;
  return {
    place: {
      isFixedHotWorkArea: no,
      isExplosiveArea: regime === "chemical",
      isRunningPlantOrTankFarm: no,
      isPipeRack: no,
      isOutdoors: true,
      isConfinedSpace: no,
      isOxygenEquipment: no,
      openingHours: "closed",
      isSharedBuilding: no,
      isFireSeparated: true,
    },
    distances: {
      combustibles: "none",
      leakCapableEquipment: "none",
      solventCleaningOrPainting: "none",
      dustSweeping: "none",
      combustibleLiquidDischarge: "none",
      combustibleGasDischarge: "none",
      hazardousTrain: "none",
      machine: 5,
      oxygenToAcetylene: "none",
      cylinders: "none",
    },
    windForceBeaufort: 2,
    usesGasCylinders: false,
    materials: ["non-combustible"],
    measures: Object.fromEntries(measuresOf(regime).map(({ id }) => [id, "done"])),
    risks: "火花飞溅引燃下方可燃物",
    ...change,
  } as unknown as PermitBody["form"];
}

/** An active key area, a square of about 200 m around `here`. */
export async function buildArea(
  world: Pick<PermitWorld, "ctx" | "people">,
  siteOwner: EnterpriseId | null,
  { kind = "hospital", regime = "crowded-place", openingHours = [] as object[] } = {},
): Promise<KeyAreaId> {
  const { ctx, people } = world;
  const keyAreaId = ctx.newId() as KeyAreaId;
  const west = here.longitudeDegrees - 0.001;
  const east = here.longitudeDegrees + 0.001;
  const south = here.latitudeDegrees - 0.001;
  const north = here.latitudeDegrees + 0.001;
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const common = {
    key_area_id: keyAreaId,
    region_code: township as RegionCode,
    kind: kind as never,
    name: "演示住院楼",
    site_owner_enterprise_id: siteOwner,
    status: "active" as const,
    version: 1,
  };
  await ctx.db
    .insertInto("key_areas")
    .values({
      ...common,
      contacts_ciphertext: null,
      revision: 1,
      west_degrees: west,
      south_degrees: south,
      east_degrees: east,
      north_degrees: north,
    })
    .execute();
  await ctx.db
    .insertInto("key_area_versions")
    .values({
      ...common,
      regime: regime as never,
      address: null,
      geometry: JSON.stringify({ type: "Polygon", coordinates: [ring] }),
      circle: null,
      floors: null,
      min_height_metres: null,
      max_height_metres: null,
      validity: JSON.stringify({ from: null, until: null, openingHours, specialPeriods: [] }),
      policy: JSON.stringify({}),
      changed_by: people.regulator.personId,
      changed_at: new Date(ctx.clock.nowMs()),
      reason: "演示",
    })
    .execute();
  return keyAreaId;
}
