import type { OtherWorkBody } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import type { InjectOptions } from "fastify";
import { followConflicts } from "../src/features/simultaneous-work/simultaneous-work.ts";
import { type ClearanceSteps, clearanceSteps } from "./clearance-steps.ts";
import { buildEnterprise, buildMachine, buildStaff, buildWelder, otherCounty } from "./county.ts";
import { buildHotWorkTown, type HotWorkTown, northOfPoint, point, type SignedIn } from "./hot-work.ts";
import type { TestPlatform } from "./platform.ts";

export const MINUTE_MS = 60_000;
export const contact = { contactName: "演示欧阳工长", contactPhone: "13912345678" };

export interface PaintedTown extends HotWorkTown {
  /** The firm that paints, and the welding firm's officer; the site owner's is `approver`. */
  painter: EnterpriseId;
  painterOfficer: SignedIn;
  ownerOfficer: SignedIn;
  stranger: SignedIn;
}

/** A hospital where one firm welds and another paints, and an officer who has nothing to do with it. */
export async function buildPaintedTown(app: TestPlatform): Promise<PaintedTown> {
  const town = await buildHotWorkTown(app);
  const painter = await buildEnterprise(app.ctx, { name: "演示涂装公司" });
  const far = await buildEnterprise(app.ctx, { name: "演示外县厂", region: otherCounty });
  return {
    ...town,
    painter,
    painterOfficer: await buildStaff(app, "enterprise-officer", { enterpriseId: painter }),
    ownerOfficer: await buildStaff(app, "enterprise-officer", { enterpriseId: town.owner }),
    stranger: await buildStaff(app, "enterprise-officer", { enterpriseId: far }),
  };
}

export function simultaneousWork(app: TestPlatform, town: PaintedTown) {
  const call = (who: SignedIn | undefined, method: InjectOptions["method"], url: string, body?: object) =>
    app.call(method, url, { ...(who && { cookie: who.cookie }), ...(body && { body }) });

  /** Painting so many metres north of the hot-work point, for an hour from now. */
  const painting = (metres: number, change: Partial<OtherWorkBody> = {}) => {
    const { latitudeDegrees, longitudeDegrees } = northOfPoint(metres);
    const nowMs = app.clock.nowMs();
    return {
      kind: "solvent-cleaning-or-painting",
      enterpriseId: town.painter,
      place: { latitudeDegrees, longitudeDegrees },
      placeDescription: "演示走廊",
      plannedFrom: new Date(nowMs).toISOString(),
      plannedTo: new Date(nowMs + 60 * MINUTE_MS).toISOString(),
      ...contact,
      ...change,
    };
  };
  const declare = (body: object, who: SignedIn | undefined = town.painterOfficer) =>
    call(who, "POST", "/api/other-works", body);
  const sweep = () => followConflicts(app.ctx);
  const openConflicts = async (who: SignedIn = town.regulator) =>
    (await call(who, "GET", "/api/work-conflicts?isOpen=true")).json().items;
  /** What somebody was told about conflicts: `raised 8 m 演示涂装公司`, oldest first. */
  const toldTo = async ({ personId }: { personId: string }) =>
    (
      await app.ctx.db
        .selectFrom("notifications")
        .select("data")
        .where("person_id", "=", personId as never)
        .where("kind", "=", "work-conflict")
        .orderBy("notification_id")
        .execute()
    ).map(({ data }) => {
      const { what, metres, firm } = data as { what: string; metres: number; firm: string };
      return `${what} ${metres} m ${firm}`;
    });

  /** A new welder of the town's welding firm, or of another, with a machine and an open clearance at the point. */
  async function weld(owner: EnterpriseId = town.owner, position = point) {
    const machine = await buildMachine(app.ctx, { enterpriseId: owner, isMobile: true });
    await app.bringOnline(machine.chip);
    const welder = await buildWelder(app, { enterprises: [owner] });
    const at = { ...town, machine, welder };
    const steps: ClearanceSteps = clearanceSteps(app, at);
    const opened = await call(welder, "POST", "/api/clearances", {
      machineCode: machine.machineCode,
      keyAreaId: town.keyAreaId,
      position,
    });
    return { at, welder, steps, opened, clearanceId: opened.json().clearanceId as string };
  }
  const giveUp = async (welder: SignedIn, clearanceId: string) =>
    await call(welder, "POST", `/api/clearances/${clearanceId}/cancellation`, { reason: "演示结束" });

  return { call, painting, declare, sweep, openConflicts, toldTo, weld, giveUp };
}
