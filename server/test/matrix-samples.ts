import { shanghaiDay } from "@hanyouxu/rules";
import type { Sample } from "./matrix-row.ts";

/** An id that nothing has. */
const id = "0198c0de-0000-7000-8000-00000000000a";
/** Within the callers' county, and in no register of regions. */
const nowhere = "330723999";
const county = "330723";
const reason = "演示检查";
const year = Number(shanghaiDay(Date.now()).slice(0, 4));
const position = { latitudeDegrees: 28.9, longitudeDegrees: 119.8, accuracyMetres: 5 };
/** One pixel, whole. */
const picture =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const noRights = {
  machines: "none",
  readings: "none",
  sessions: "none",
  decisions: "none",
  people: "none",
  enterprises: "none",
  alarms: "none",
  keyAreas: "none",
};
const grant = { role: "installer", region: county, department: null };
const token = "A".repeat(43);
const certificate = {
  family: "construction",
  item: "building-welder",
  number: "浙A042026000123",
  validFrom: `${year - 1}-01-01`,
  validTo: `${year}-12-31`,
  reviewDueOn: null,
  photo: picture,
};
const enterprise = {
  name: "演示新厂",
  uscc: null,
  roles: ["welding"],
  type: null,
  domain: null,
  industry: null,
  staffCount: null,
  region: nowhere,
  place: null,
  address: null,
};
const machine = { name: "演示焊机", model: "ZX7-400" };
const words = { zh: "演示说明", en: "Demonstration" };
const profile = {
  title: words,
  patterns: ["ZX7-*"],
  mostRatedAmps: null,
  relayPosition: "mains-input",
  relayType: words,
  mostSwitchedAmps: 32,
  supplyPhases: 3,
  supplyVolts: [380],
  plug: "fixed-wiring",
  steps: [{ text: words, pictureKey: null }],
};
const facts = {
  process: "SMAW",
  ratedCurrentAmps: 400,
  supplyPhases: 3,
  supplyVolts: [380],
  plug: null,
  dutyCyclePercent: null,
  source: "desk",
};
const keyArea = {
  kind: "hospital",
  name: "演示医院",
  region: nowhere,
  siteOwnerEnterpriseId: null,
  address: null,
  shape: { type: "circle", circle: { centre: [119.8, 28.9], radiusMetres: 100 } },
  floors: null,
  minHeightMetres: null,
  maxHeightMetres: null,
  validity: { from: null, until: null, openingHours: [], specialPeriods: [] },
  policy: {
    demands: { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true },
    sceneCheckAttempts: 2,
    graceMinutes: 0,
    smoulderWatchMinutes: 60,
    workWhileOpen: "forbidden",
  },
  reason,
};
const areaFile = `datum=wgs84&kind=hospital&region=${nowhere}`;
/** A feature in a region that there is not: nothing comes of it. */
const emptyArea = JSON.stringify({
  type: "Feature",
  properties: { name: "演示" },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [119, 28],
        [119.001, 28],
        [119.001, 28.001],
        [119, 28],
      ],
    ],
  },
});
const model = "?model=ZX7-400";
const announced = {
  evidenceId: id,
  purpose: "work",
  subjectId: id,
  kind: "photo",
  source: "camera",
  challengeId: id,
  sha256: "0".repeat(64),
  takenAt: "2026-01-01T00:00:00Z",
  position: null,
  coveredSectors: [],
};

/** What passes validation, and then finds nothing or leaves nobody with another role. */
export const samples = {
  tellingPreferences: {
    body: {
      channels: { notice: [], warning: ["push"], danger: ["push", "sms"] },
      quiet: null,
      language: "zh-CN",
    },
  },
  pushSubscription: {
    body: {
      endpoint: "https://push.example.org/demo",
      keys: { p256dh: "A".repeat(87), auth: "A".repeat(22) },
    },
  },
  fireStation: {
    body: {
      name: "演示消防站",
      region: nowhere,
      phone: "0579-000000",
      place: { latitudeDegrees: 28.9, longitudeDegrees: 119.8 },
      areaRegions: [county],
      kinds: ["gas"],
    },
  },
  rosterShift: {
    body: { personId: id, weekdays: [1], startsAt: "08:00", endsAt: "20:00", fromDay: "2026-03-01" },
  },
  rosterException: { body: { kind: "absent", personId: id, day: "2026-03-02", reason } },
  reason: { body: { reason } },
  rectification: {
    body: { enterpriseId: id, source: "free", severity: "notice", title: "演示", items: [{ what: "演示" }] },
  },
  rectificationExtension: { body: { until: `${year}-12-01T00:00:00Z`, reason } },
  // No such region: nothing is published by the matrix.
  creditRules: {
    params: { region: nowhere },
    body: { basedOnVersion: 0, reason, rules: [], returnsAfterDays: 365 },
  },
  appeal: { body: { subject: "rectification", subjectId: id, reason } },
  alarmIds: { body: { alarmIds: [id] } },
  dispatch: { body: { department: "health", personId: null } },
  alarmHandling: { body: { result: "演示", measures: "演示", evidenceIds: [] } },
  alarmNote: { body: { note: "演示" } },
  alarmLink: { body: { otherAlarmId: id } },
  alarmMerge: { body: { intoAlarmId: id } },
  // Nothing there is of that name.
  suppression: {
    body: {
      region: null,
      enterpriseId: null,
      machineId: id,
      kinds: [],
      reason,
      from: "2026-01-01T00:00:00Z",
      to: `${year + 2}-01-01T00:00:00Z`,
    },
  },
  suppressionEnd: { body: { to: `${year + 2}-01-01T00:00:00Z`, reason } },
  regionOrder: { body: { kind: "stop", region: "330723", reason } },
  regionReach: { query: "?region=330723" },
  evidenceSubject: { body: { purpose: "work", subjectId: id } },
  evidenceQuery: { query: `?purpose=work&subjectId=${id}` },
  evidence: {
    headers: {
      "tus-resumable": "1.0.0",
      "upload-length": "1000",
      "upload-metadata": `evidence ${Buffer.from(JSON.stringify(announced)).toString("base64")}`,
    },
  },
  start: { body: { machineCode: "A", position, idempotencyKey: "attempt-1" } },
  enrolmentToken: { body: { machineId: id } },
  settings: { body: { name: { zh: "演示", en: "Demo" }, rights: noRights, mayCommand: false } },
  staff: { body: { ...grant, username: "demo-matrix", name: "演示" } },
  grant: { body: grant },
  invitation: { body: { token } },
  acceptance: { body: { token, password: "a long enough password", totp: "000000" } },
  certificate: { body: certificate },
  standing: { body: { status: "suspended", reason } },
  verdict: { body: { revision: 1, verdict: "approve" } },
  // A privacy notice that is out of date: nobody becomes a welder on the way.
  welder: {
    body: { name: "演示某人", identityNumber: "1", township: "330723100", consentTextId: id },
  },
  portrait: { body: { photo: picture } },
  notices: { body: { notificationIds: [] } },
  enterprise: { body: enterprise },
  review: { body: { isApproved: true } },
  officer: { body: { name: "演示某人", phone: "13900000009" } },
  phone: { body: { phone: "13900000009" } },
  whitelist: { body: { allowsListedOnly: true } },
  listed: { body: { isListed: true } },
  contract: {
    body: { contractorId: id, startsOn: "2026-01-01", endsOn: "2026-12-31", allowsMachines: false },
  },
  answer: { body: { isAccepted: true } },
  site: { body: { position } },
  confirmed: { body: { isConfirmed: true } },
  regime: { body: { regime: "general" } },
  tried: { body: { day: "2026-11-26", regime: "general", process: "SMAW", certificates: [] } },
  whatIf: { body: { region: county, from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" } },
  twoDays: { query: "?from=2026-01-01&to=2026-12-31" },
  hotWork: { body: { at: "2026-11-26T00:00:00Z", facts: { regime: "general", moment: "start" } } },
  hotWorkExample: { query: "?regime=chemical&moment=start" },
  region: { params: { region: nowhere } },
  regionPolicy: {
    params: { region: nowhere },
    body: { basedOnVersion: 7, values: { start: {}, hotWork: {} }, reason },
  },
  model: { query: model },
  facts: { query: model, body: { ...facts, reason } },
  profileKey: { params: { profileKey: "no-such-profile" } },
  // Based on a version that there is not.
  profile: {
    params: { profileKey: "no-such-profile" },
    body: { reason, basedOnVersion: 7, content: profile, proof: { kind: "desk" } },
  },
  machine: { body: { ...machine, enterpriseId: id } },
  correction: { body: { ...machine, reason } },
  step: { body: { step: "send-to-repair", reason } },
  inspection: { body: { inspectedOn: "2026-01-01", inspectionDueOn: "2027-01-01", reason } },
  transfer: { body: { toUscc: "91350100M000100Y43", reason } },
  labels: { body: { kind: "blank", name: "演示批次", region: county, count: 1 } },
  campaign: { body: { name: "演示活动", region: county } },
  installers: { body: { personIds: [] } },
  movement: { body: { kind: "receive", quantity: 1 } },
  chip: { body: { campaignId: id, chipId: "abcdefghijklmnop" } },
  label: { body: { machineCode: "A" } },
  fitted: { body: { ...machine, enterpriseId: id, process: "SMAW", isMobile: false } },
  picture: { body: { picture } },
  place: { body: { position } },
  placeSign: { body: { signCode: "S041061050TASJRYE", position } },
  toldPlace: { body: { keyAreaId: id, state: "outside", reason } },
  abandonment: { body: { reason, isChipDefective: false } },
  template: { params: { kind: "machines" } },
  upload: { query: "?kind=machines&fileName=demo.csv", file: "演示\n" },
  csv: { query: "?format=csv" },
  polygon: { query: "?polygon=119,28;120,28;120,29" },
  override: { body: { kind: "mobile", reason } },
  mode: { body: { mode: "all-or-nothing" } },
  keyArea: { body: keyArea },
  changedKeyArea: { body: { ...keyArea, basedOnVersion: 1 } },
  abolition: { body: { reason, basedOnVersion: 1 } },
  signs: { body: { floors: [null] } },
  areaFile: { query: `?${areaFile}`, file: emptyArea },
  areaImport: { query: `?${areaFile}&reason=demo`, file: emptyArea },
  collection: { params: { collectionId: "key-areas" } },
  tile: { params: { z: "13", x: "6822", y: "3413" } },
  // Well formed, and made with another platform's key.
  signCode: { params: { signCode: "S041061050TASJRYE" } },
  unmask: { body: { fields: ["phone"], reason: "演示核对当事人" } },
  consent: { body: { consentTextId: id } },
  consentText: {
    body: { kind: "demo", title: words, body: words, effectiveFrom: "2026-01-01T00:00:00Z" },
  },
  erasure: { body: { decision: "refuse", reason: "演示核对" } },
  fireWatch: {
    body: { name: "演示某人", phone: "13900000009", trainedOn: "2026-01-01", trainedTo: "2027-01-01" },
  },
  training: { body: { trainedOn: "2026-01-01", trainedTo: "2027-01-01" } },
  permit: { body: { form: { place: {}, distances: {} } } },
  permitPhoto: { body: { measure: "extinguishers-ready", picture } },
  gasTest: {
    body: { sampledAt: "2026-01-01T00:00:00Z", place: "surroundings", gas: "甲烷", measuredVolPercent: 0 },
  },
  approval: {
    body: {
      position: { ...position, ageSeconds: 1 },
      asRole: "unit",
      hasInspected: true,
      signature: picture,
    },
  },
  closing: { body: { isResidualFireExcluded: true } },
  client: {
    body: {
      name: "演示程序",
      department: "housing-construction",
      region: county,
      fields: { machines: ["name"] },
    },
  },
  webhook: { body: { clientId: id, url: "https://example.com/hook", eventKinds: ["alarm.raised"] } },
  clearance: { body: { machineCode: "A", keyAreaId: id, position } },
  otherWork: {
    body: {
      kind: "dust-sweeping",
      enterpriseId: id,
      place: { latitudeDegrees: 28.9, longitudeDegrees: 119.8 },
      placeDescription: "演示车间",
      plannedFrom: `${year}-01-01T00:00:00Z`,
      plannedTo: `${year}-01-02T00:00:00Z`,
      contactName: "演示某人",
      contactPhone: "13900001234",
    },
  },
  acknowledgement: { body: { note: "演示停工" } },
  clearancePermit: { body: { permitId: id } },
  scene: { body: { evidenceIds: [id] } },
  siteCode: { body: { code: "ABCDEFGHJKLMNPQRSTUV", position } },
  presence: { body: { position } },
  smoulder: { body: { isSafe: true, evidenceIds: [id], position } },
  stationDecision: { body: { decision: "release", reason, evidenceIds: [id] } },
} as const satisfies Record<string, Sample>;
