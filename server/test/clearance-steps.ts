import type { ClearanceDetail } from "@hanyouxu/api";
import { expect } from "vitest";
import { followClearedWork, passClearanceTime } from "../src/features/clearances/clearances.ts";
import {
  buildEvidence,
  buildPermit,
  type HotWorkTown,
  northOfPoint,
  point,
  type SignedIn,
} from "./hot-work.ts";
import type { TestPlatform } from "./platform.ts";

export const codeOf = (response: { json(): { error?: { code: string } } }) => response.json().error?.code;

export type ClearanceSteps = ReturnType<typeof clearanceSteps>;

/** A clearance in a town's key area, step by step through the API; each step must succeed. */
export function clearanceSteps(app: TestPlatform, town: HotWorkTown, picture?: Uint8Array) {
  const call = async (who: SignedIn | undefined, method: "GET" | "POST", url: string, body?: object) =>
    await app.call(method, url, { ...(who && { cookie: who.cookie }), ...(body && { body }) });

  async function opened(): Promise<string> {
    const response = await call(town.welder, "POST", "/api/clearances", {
      machineCode: town.machine.machineCode,
      keyAreaId: town.keyAreaId,
      position: point,
    });
    expect(response.statusCode, response.body).toBe(201);
    return response.json().clearanceId;
  }
  async function detail(id: string, who: SignedIn = town.welder): Promise<ClearanceDetail> {
    const response = await call(who, "GET", `/api/clearances/${id}`);
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  }
  async function permitted(): Promise<string> {
    const id = await opened();
    const permitId = await buildPermit(app, town);
    const response = await call(town.welder, "POST", `/api/clearances/${id}/permit`, { permitId });
    expect(response.json().permit, response.body).toMatchObject({ status: "approved" });
    return id;
  }
  async function shown(id: string): Promise<string> {
    app.clock.advance(1_000);
    const subject = { purpose: "scene", subjectId: id } as const;
    const evidenceId = await buildEvidence(app, town.welder.personId, subject, { bytes: picture });
    const response = await call(town.welder, "POST", `/api/clearances/${id}/scene`, {
      evidenceIds: [evidenceId],
    });
    expect(response.statusCode, response.body).toBe(200);
    return response.json().sceneChecks[0].sceneCheckId;
  }
  async function judged(id: string, verdict: "pass" | "fail" | "refer", who: SignedIn = town.station) {
    const sceneCheckId = await shown(id);
    const response = await call(who, "POST", `/api/scene-checks/${sceneCheckId}/verdict`, {
      verdict,
      reason: "演示核查",
    });
    expect(response.statusCode, response.body).toBe(200);
    return sceneCheckId;
  }
  const siteCode = async (id: string) =>
    (await call(town.welder, "GET", `/api/clearances/${id}/site-code`)).json().code as string;
  const scan = async (code: string, who: SignedIn = town.watch, position: object | null = northOfPoint(10)) =>
    await call(who, "POST", "/api/fire-watch/scans", { code, position });
  async function watched(): Promise<string> {
    const id = await permitted();
    await judged(id, "pass");
    const response = await scan(await siteCode(id));
    expect(response.statusCode, response.body).toBe(200);
    return id;
  }
  const start = async () =>
    await call(town.welder, "POST", "/api/work-sessions", {
      machineCode: town.machine.machineCode,
      position: point,
      idempotencyKey: app.ctx.newId(),
    });
  async function working(): Promise<{ id: string; workSessionId: string }> {
    const id = await watched();
    await moveMachine();
    const response = await start();
    expect(response.json().outcome, response.body).toBe("grant");
    return { id, workSessionId: response.json().workSession.workSessionId };
  }
  /** The chip says where it is, until the platform is sure of it. */
  async function moveMachine(): Promise<void> {
    for (let fix = 0; fix < 12; fix++) {
      app.clock.advance(5_000);
      await app.say(
        town.machine.chip.telemetry({
          position: {
            latitudeE7: Math.round(point.latitudeDegrees * 1e7),
            longitudeE7: Math.round(point.longitudeDegrees * 1e7),
            accuracyDecimetres: 50,
          },
        }),
      );
    }
  }
  async function sweep(): Promise<void> {
    await passClearanceTime(app.ctx);
    await followClearedWork(app.ctx);
  }
  const noticesOf = async ({ personId }: { personId: string }) =>
    (
      await app.ctx.db
        .selectFrom("notifications")
        .select("data")
        .where("person_id", "=", personId as never)
        .orderBy("created_at")
        .orderBy("notification_id")
        .execute()
    ).map(
      ({ data }) => (data as { what?: string; cause?: string }).what ?? (data as { cause?: string }).cause,
    );

  return {
    call,
    opened,
    detail,
    permitted,
    shown,
    judged,
    siteCode,
    scan,
    watched,
    start,
    working,
    moveMachine,
    sweep,
    noticesOf,
  };
}
