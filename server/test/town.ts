import { permitForm } from "@hanyouxu/api";
import type { EnterpriseId, HotWorkPermitId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { tell as tellPeople } from "../src/features/telling/telling.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildStaff,
  buildWelder,
  here,
} from "./county.ts";
import { areaBody, polygon, squareAt } from "./key-area-cases.ts";
import type { TestPlatform } from "./platform.ts";
import { tellAll } from "./tell-all.ts";
import { buildTownAlarms } from "./town-alarms.ts";
import { enterTownCertificate } from "./town-certificate.ts";
import { buildTownClearance } from "./town-clearance.ts";
import { buildTownRectification } from "./town-rectification.ts";
import { buildTownWorks } from "./town-works.ts";

/** A township with everything that lists show, under a name that nothing else has. */
export interface Town {
  code: RegionCode;
  /** Every id and name that lies in it. */
  marks: readonly string[];
  machine: BuiltMachine;
  welder: BuiltWelder;
  staffId: string;
  /** By the names that paths give them. */
  ids: Readonly<Record<string, string>>;
  /** What can be asked for one by one. */
  urls: readonly string[];
  /** The same, where making it takes long. */
  files: readonly string[];
}

export async function buildTown(app: TestPlatform, code: RegionCode): Promise<Town> {
  const { ctx } = app;
  const enterpriseName = `演示${code}厂`;
  const machineName = `演示${code}机`;
  const enterpriseId = await buildEnterprise(ctx, { region: code, name: enterpriseName });
  const machine = await buildMachine(ctx, { enterpriseId, region: code, name: machineName });
  const welder = await buildWelder(app, { enterprises: [enterpriseId], region: code });
  await app.bringOnline(machine.chip);
  const operator = await buildStaff(app, "operator");
  const post = async (url: string, body: object) =>
    (await app.call("POST", url, { cookie: operator.cookie, body })).json();
  const { clientId } = await post("/api/sharing/clients", {
    name: `演示${code}程序`,
    department: "housing-construction",
    region: code,
    fields: { machines: ["name"] },
  });
  const webhook = { clientId, url: "https://example.com/hook", eventKinds: ["work-session.granted"] };
  const { subscriptionId } = await post("/api/sharing/webhooks", webhook);
  const started = await app.call("POST", "/api/work-sessions", {
    cookie: welder.cookie,
    body: { machineCode: machine.machineCode, position: here, idempotencyKey: ctx.newId() },
  });
  const { workSessionId, decisionId } = started.json().workSession;
  const deliveryId = await tell(app, subscriptionId);
  const clerk = {
    username: `clerk-${code}`,
    name: "演示",
    role: "regulator",
    region: code,
    department: null,
  };
  const staffId: string = (await post("/api/staff", clerk)).personId;
  const batch = { kind: "machines", name: `演示${code}批`, region: code, machineIds: [machine.machineId] };
  const { batchId } = await post("/api/label-batches", batch);
  const { campaignId } = await post("/api/retrofit/campaigns", { name: `演示${code}活动`, region: code });
  const asked = await app.call("POST", "/api/me/erasure", { cookie: welder.cookie });
  const model = `演示${code}型`;
  const area = areaBody({
    region: code,
    name: `演示${code}医院`,
    contacts: [{ name: "演示上官某某", phone: "13900001234" }],
  });
  const { keyAreaId } = await post("/api/key-areas", ownGround(area, code));
  const town = { code, enterpriseId, machine, welder, by: operator.personId };
  const clearance = await buildTownClearance(app, {
    code,
    keyAreaId,
    enterpriseId,
    machineId: machine.machineId,
    welderId: welder.welderId,
    welderPersonId: welder.personId,
  });
  const works = await buildTownWorks(app, {
    code,
    keyAreaId,
    enterpriseId,
    clearanceId: clearance.clearanceId,
    by: operator.personId,
  });
  const alarms = await buildTownAlarms(app, {
    code,
    enterpriseId,
    machineId: machine.machineId,
    welderId: welder.welderId,
    by: operator.personId,
  });
  const rectification = await buildTownRectification(app, {
    code,
    enterpriseId,
    welderId: welder.welderId,
    welderPersonId: welder.personId,
    by: operator.personId,
  });
  const { regionOrderId } = await post("/api/region-orders", {
    kind: "stop",
    region: code,
    reason: "演示停机",
  });
  const station = `演示${code}消防站`;
  const { fireStationId } = await post("/api/fire-stations", {
    name: station,
    region: code,
    phone: "0579-000000",
    place: here,
    areaRegions: [code],
    kinds: ["gas"],
  });
  await ctx.db.transaction().execute((tx) =>
    tellPeople(ctx, tx, {
      personIds: [staffId as PersonId],
      topic: "duty",
      severity: "notice",
      subject: { kind: "duty", id: fireStationId },
      template: "duty-handover",
      words: { station },
      onceKey: `town:${code}`,
    }),
  );
  await age(app, town, model);
  const transferId = await offer(app, town);
  const refusedCodeId = await refuse(app, town);
  const certificateId = await enterTownCertificate(app, code, welder.welderId);
  const permitId = await permit(app, town);
  return {
    code,
    machine,
    welder,
    staffId,
    ids: {
      enterpriseId,
      machineId: machine.machineId,
      welderId: welder.welderId,
      personId: welder.personId,
      workSessionId,
      decisionId,
      certificateId,
      batchId,
      campaignId,
      clientId,
      subscriptionId,
      keyAreaId,
      collectionId: "key-areas",
      featureId: keyAreaId,
      permitId,
      regionOrderId,
      fireStationId,
      ...clearance,
      ...works,
      ...alarms,
      ...rectification,
    },
    marks: [
      enterpriseId,
      enterpriseName,
      machine.machineId,
      machineName,
      model,
      // What the catalogue reads out of it.
      `"designation":"${code}"`,
      welder.welderId,
      workSessionId,
      decisionId,
      staffId,
      clerk.username,
      batchId,
      batch.name,
      campaignId,
      transferId,
      refusedCodeId,
      certificateId,
      keyAreaId,
      area.name,
      permitId,
      permitNumber(code),
      clearance.clearanceId,
      works.otherWorkId,
      works.workConflictId,
      alarms.alarmId,
      alarms.suppressionId,
      rectification.rectificationId,
      rectification.appealId,
      regionOrderId,
      fireStationId,
      station,
      welder.personId,
      clientId,
      subscriptionId,
      deliveryId,
      asked.json().erasureRequestId,
      `"code":"${code}","machines":1`,
      `"region":"${code}"`,
    ],
    urls: [
      `/api/machines/${machine.machineId}`,
      `/api/machines/${machine.machineId}/timeline`,
      `/api/machines/${machine.machineId}/chip-fittings`,
      `/api/work-sessions/${workSessionId}`,
      `/api/decisions/${decisionId}`,
      `/api/welders/${welder.welderId}`,
      `/api/movement/machines/${machine.machineId}`,
      `/api/movement/welders/${welder.welderId}`,
      `/api/certificate-reviews/${certificateId}`,
      `/api/enterprises/${enterpriseId}`,
      `/api/key-areas/${keyAreaId}`,
      `/api/clearances/${clearance.clearanceId}`,
      `/api/clearances/${clearance.clearanceId}/history`,
      `/api/clearances/${clearance.clearanceId}/record.pdf`,
      `/api/scene-checks/${clearance.sceneCheckId}`,
      `/api/station-calls/${clearance.stationCallId}`,
      `/api/other-works/${works.otherWorkId}`,
      `/api/region-orders/${regionOrderId}`,
      `/api/fire-stations/${fireStationId}`,
      `/api/fire-stations/${fireStationId}/handovers`,
      `/api/region-orders/${regionOrderId}/machines`,
      `/api/work-conflicts/${works.workConflictId}`,
      `/api/alarms/${alarms.alarmId}`,
      `/api/rectifications/${rectification.rectificationId}`,
      `/api/credit/welder/${welder.welderId}`,
      `/api/credit/enterprise/${enterpriseId}`,
      `/api/appeals/${rectification.appealId}`,
      `/api/alarms/${alarms.alarmId}/assignees`,
      `/api/key-areas/${keyAreaId}/versions`,
      `/api/key-areas/${keyAreaId}/signs`,
      `/api/ogc/collections/key-areas/items/${keyAreaId}`,
      `/api/ogc/collections/machines/items/${machine.machineId}`,
      `/api/enterprises/${enterpriseId}/officers`,
      `/api/enterprises/${enterpriseId}/welders`,
      `/api/enterprises/${enterpriseId}/contracts`,
      `/api/enterprises/${enterpriseId}/fire-watches`,
      `/api/hot-work-permits/${permitId}`,
      `/api/retrofit/campaigns/${campaignId}`,
      `/api/retrofit/campaigns/${campaignId}/movements`,
    ],
    files: [
      `/api/label-batches/${batchId}/sheets.pdf`,
      `/api/retrofit/campaigns/${campaignId}/progress.xlsx`,
      `/api/hot-work-permits/${permitId}/ticket.pdf`,
      `/api/rectifications/${rectification.rectificationId}/notice.pdf`,
    ],
  };
}

/** No two towns stand on the same ground. */
function ownGround(area: ReturnType<typeof areaBody>, code: string) {
  const east = (Number(code) % 1000) + Number(code.slice(0, 2));
  return { ...area, shape: polygon(squareAt(east * 3, 0, 1)) };
}

const permitNumber = (code: string) => `DH${code}-20260301-0001`;

/** The welder asks for a hot-work permit at the firm's place. */
async function permit(
  { ctx }: TestPlatform,
  { code, enterpriseId, machine, welder }: Place,
): Promise<string> {
  const permitId = ctx.newId() as HotWorkPermitId;
  const at = new Date(ctx.clock.nowMs());
  await ctx.db
    .insertInto("hot_work_permits")
    .values({
      permit_id: permitId,
      permit_number: permitNumber(code),
      status: "submitted",
      region_code: code,
      key_area_id: null,
      site_owner_enterprise_id: enterpriseId,
      contractor_enterprise_id: null,
      machine_id: machine.machineId,
      welder_person_id: welder.personId,
      welder_id: welder.welderId,
      regime: "general",
      latitude_degrees: here.latitudeDegrees,
      longitude_degrees: here.longitudeDegrees,
      point_accuracy_metres: here.accuracyMetres,
      floor: null,
      place_description: "演示",
      grade_declared: null,
      work_description: "演示",
      method: "SMAW",
      form: JSON.stringify(permitForm.parse({ place: {}, distances: {} })),
      planned_from: at,
      planned_to: new Date(at.getTime() + 3_600_000),
      supervisor_person_id: null,
      fire_watch_person_id: null,
      created_at: at,
      submitted_at: at,
      copied_from: null,
    })
    .execute();
  return permitId;
}

interface Place {
  code: RegionCode;
  enterpriseId: EnterpriseId;
  machine: BuiltMachine;
  welder: BuiltWelder;
  by: BuiltWelder["personId"];
}

/** The machine is of a model of its own, and due for inspection. */
async function age({ ctx }: TestPlatform, { machine }: Place, model: string): Promise<void> {
  await ctx.db
    .updateTable("machines")
    .set({ model, inspected_on: "2025-03-10", inspection_due_on: "2026-03-10" })
    .where("machine_id", "=", machine.machineId)
    .execute();
}

/** The machine is offered to another firm of the town. */
async function offer({ ctx }: TestPlatform, { code, enterpriseId, machine, by }: Place): Promise<string> {
  const transferId = ctx.newId();
  const other = await buildEnterprise(ctx, { region: code, name: `演示${code}二厂` });
  await ctx.db
    .insertInto("machine_transfers")
    .values({
      machine_transfer_id: transferId,
      machine_id: machine.machineId,
      from_enterprise_id: enterpriseId,
      to_enterprise_id: other,
      status: "offered",
      reason: "演示",
      offered_by: by,
      offered_at: new Date(ctx.clock.nowMs()),
      decided_by: null,
      decided_at: null,
      decision_note: null,
    })
    .execute();
  return transferId;
}

/** Somebody scanned a label of the town that is void. */
async function refuse({ ctx }: TestPlatform, { code, machine, by }: Place): Promise<string> {
  const refusedCodeId = ctx.newId();
  await ctx.db
    .insertInto("refused_codes")
    .values({
      refused_code_id: refusedCodeId,
      machine_code: machine.machineCode,
      reason: "void",
      person_id: by,
      machine_id: machine.machineId,
      region_code: code,
      refused_at: new Date(ctx.clock.nowMs()),
    })
    .execute();
  return refusedCodeId;
}

/** The department's program is to be told of the work session. */
async function tell({ ctx }: TestPlatform, subscriptionId: string): Promise<string> {
  await tellAll(ctx);
  const { delivery_id } = await ctx.db
    .selectFrom("webhook_deliveries")
    .select("delivery_id")
    .where("subscription_id", "=", subscriptionId)
    .executeTakeFirstOrThrow();
  return delivery_id;
}
