import type { Role } from "@hanyouxu/api";
import type { ErrorCode } from "../src/errors.ts";

/** Who calls: each role, and a regulator of a department that may see nothing at all. */
export type Caller = Role | "blind";
export const callers: readonly Caller[] = [
  "operator",
  "regulator",
  "station-staff",
  "enterprise-officer",
  "installer",
  "welder",
  "blind",
];

/** What a call carries beside ids that nothing has: enough to get past validation. */
export interface Sample {
  params?: Record<string, string>;
  query?: string;
  body?: object;
}

export interface MatrixRow {
  /** Everyone else is refused with role.forbidden. */
  may: readonly Caller[];
  /** What the blind regulator hears instead, where the role alone would do. */
  blind?: ErrorCode;
  sample?: Sample;
}

const STAFF: readonly Caller[] = ["operator", "regulator", "station-staff", "enterprise-officer"];
const MANAGERS: readonly Caller[] = ["operator", "regulator", "blind"];

const row = (may: readonly Caller[], sample?: Sample): MatrixRow => ({ may, ...(sample ? { sample } : {}) });
/** Staff whose department sees the group in question. */
const seen = (sample?: Sample): MatrixRow => ({ ...row(STAFF, sample), blind: "department.forbidden" });
const commanded = (sample?: Sample): MatrixRow => ({
  ...row(STAFF, sample),
  blind: "department.may_not_command",
});
/** Managers whose department sees people. */
const managed = (sample?: Sample): MatrixRow => ({
  ...row(["operator", "regulator"], sample),
  blind: "department.forbidden",
});
const everyone = (sample?: Sample): MatrixRow => row(callers, sample);

const id = "0198c0de-0000-7000-8000-00000000000a";
const reason = { body: { reason: "演示检查" } };
const position = { latitudeDegrees: 28.9, longitudeDegrees: 119.8, accuracyMetres: 5 };
const grant = { role: "installer", region: "330723", department: null };
const noRights = {
  machines: "none",
  readings: "none",
  sessions: "none",
  decisions: "none",
  people: "none",
  enterprises: "none",
  alarms: "none",
};
const settings = { name: { zh: "演示", en: "Demo" }, rights: noRights, mayCommand: false };
const token = "A".repeat(43);

/** Every route of the contract: a new route needs its line here, or the test fails. */
export const roleMatrix: Record<string, MatrixRow> = {
  "POST /api/sign-in/code": everyone({ body: { phone: "13900000009" } }),
  "POST /api/sign-in/verify": everyone({ body: { phone: "13900000009", code: "000000" } }),
  "POST /api/sign-in/staff": everyone({ body: { username: "nobody", password: "x", totp: "000000" } }),
  "POST /api/sign-out": everyone(),
  "GET /api/me": everyone(),
  "GET /api/sign-ins": everyone(),
  "DELETE /api/sign-ins/:signInId": everyone(),
  "GET /api/demo/inbox": everyone(),
  "GET /api/demo/accounts": everyone(),
  "GET /api/map-config": everyone(),

  "GET /api/machines": seen(),
  "GET /api/machines/:machineId": seen(),
  "GET /api/machines/:machineId/timeline": seen(),
  "POST /api/machines/:machineId/stop": commanded(reason),
  "POST /api/machines/:machineId/lock": commanded(reason),
  "POST /api/machines/:machineId/unlock": commanded(reason),
  "GET /api/machine-codes/:machineCode": row(["welder"]),

  "POST /api/work-sessions": row(["welder"], {
    body: { machineCode: "A", position, idempotencyKey: "attempt-1" },
  }),
  "GET /api/work-sessions": seen(),
  // A welder and a stranger's department learn nothing of a session that is not there.
  "GET /api/work-sessions/:workSessionId": row([...STAFF, "welder", "blind"]),
  "GET /api/work-sessions/:workSessionId/progress": row([...STAFF, "welder", "blind"]),
  "POST /api/work-sessions/:workSessionId/stop": row([...STAFF, "welder", "blind"]),
  "GET /api/me/work-sessions": row(["welder"]),
  "GET /api/me/decisions": row(["welder"]),
  "GET /api/me/certificates": row(["welder"]),
  "GET /api/decisions": seen(),
  "GET /api/decisions/:decisionId": seen(),

  "POST /api/chip-enrolment-tokens": row(["installer", "operator"], { body: { machineId: id } }),
  "POST /api/chip-enrolments": everyone({ body: { csr: "AAAA", enrolmentToken: "x" } }),
  "POST /api/chip-enrolments/renewal-nonces": everyone(),
  "POST /api/chip-enrolments/renew": everyone({
    body: { csr: "AAAA", proof: "AAAA", certificatePem: "x", nonce: "x" },
  }),
  "POST /api/chips/:chipId/revocation": row(["operator"], {
    params: { chipId: "abcdefghijklmnop" },
    ...reason,
  }),

  "GET /api/regions": everyone(),
  "GET /api/regions/:code": everyone(),
  "GET /api/region-counts": row([...STAFF, "blind"]),
  "PUT /api/regions/:code/successor": row(["operator"], { body: { successor: null } }),
  "GET /api/departments": row([...STAFF, "blind"]),
  "PUT /api/departments/:departmentKey": row(["operator"], { body: settings }),

  "GET /api/staff": row(MANAGERS),
  "GET /api/staff/:personId": row(MANAGERS),
  "POST /api/staff": row(MANAGERS, { body: { ...grant, username: "demo-matrix", name: "演示" } }),
  "POST /api/staff/:personId/invitation": row(MANAGERS),
  "POST /api/staff/:personId/roles": row(MANAGERS, { body: grant }),
  "DELETE /api/staff/:personId/roles/:roleGrantId": row(MANAGERS),
  "PUT /api/staff/:personId/active": row(MANAGERS, { body: { isActive: false } }),
  "POST /api/staff-invitations/open": everyone({ body: { token } }),
  "POST /api/staff-invitations/accept": everyone({
    body: { token, password: "a long enough password", totp: "000000" },
  }),

  "GET /api/persons": seen(),
  "POST /api/persons/:personId/unmask": seen({ body: { fields: ["phone"], reason: "演示核对当事人" } }),
  "GET /api/me/personal-data": everyone(),
  "GET /api/me/consents": everyone(),
  "POST /api/me/consents": everyone({ body: { consentTextId: id } }),
  "DELETE /api/me/consents/:kind": everyone({ params: { kind: "privacy" } }),
  "GET /api/me/erasure": everyone(),
  "POST /api/me/erasure": everyone(),
  "DELETE /api/me/erasure": everyone(),
  "GET /api/erasure-requests": managed(),
  "POST /api/erasure-requests/:erasureRequestId/decide": managed({
    body: { decision: "refuse", reason: "演示核对" },
  }),
  "GET /api/consent-texts": row(MANAGERS),
  "POST /api/consent-texts": row(["operator"], {
    body: {
      kind: "demo",
      title: { zh: "演示文本", en: "Demo text" },
      body: { zh: "演示正文", en: "Demo body" },
      effectiveFrom: "2026-01-01T00:00:00Z",
    },
  }),
  "GET /api/statistics/welders": {
    may: ["operator", "regulator", "station-staff"],
    blind: "department.forbidden",
  },
  "GET /api/audit": managed(),
  "POST /api/audit/verify": row(MANAGERS),
  "GET /api/sharing/clients": row(MANAGERS),
  "POST /api/sharing/clients": row(MANAGERS, {
    body: { name: "演示程序", department: "演示住建局", region: "330723", fields: { machines: ["name"] } },
  }),
  "POST /api/sharing/clients/:clientId/secrets": row(MANAGERS),
  "PUT /api/sharing/clients/:clientId/active": row(MANAGERS, { body: { isActive: false } }),
  "GET /api/sharing/webhooks": row(MANAGERS),
  "POST /api/sharing/webhooks": row(MANAGERS, {
    body: { clientId: id, url: "https://example.com/hook", eventKinds: ["alarm.raised"] },
  }),
  "PUT /api/sharing/webhooks/:subscriptionId/active": row(MANAGERS, { body: { isActive: false } }),
  "GET /api/sharing/deliveries": row(MANAGERS),
  "POST /api/sharing/deliveries/:deliveryId/resend": row(MANAGERS),
  // Programs show a token of their own; a person's sign-in is nothing to them.
  "POST /api/oauth/token": everyone(),
  "GET /.well-known/jwks.json": everyone(),
  "GET /api/shared/machines": everyone(),
  "GET /api/shared/enterprises": everyone(),
  "GET /api/shared/certificates": everyone(),
  "GET /api/shared/work-sessions": everyone(),
};
