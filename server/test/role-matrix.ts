import type { Role } from "@hanyouxu/api";
import type { ErrorCode } from "../src/errors.ts";
import { samples } from "./matrix-samples.ts";

/** Who calls: each role, and a regulator of a department that may see nothing at all. */
export type Caller = Role | "blind";
export const callers: readonly Caller[] = [
  "operator",
  "regulator",
  "station-staff",
  "enterprise-officer",
  "installer",
  "welder",
  "fire-watch",
  "blind",
];

/** What a call carries beside ids that nothing has: enough to get past validation. */
export interface Sample {
  params?: Record<string, string>;
  query?: string;
  body?: object;
  /** Instead of a body: a file as it is. */
  file?: string;
  headers?: Record<string, string>;
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
/** Who acts for regions. */
const AUTHORITIES: readonly Caller[] = ["operator", "regulator", "station-staff"];
const PLANNERS: readonly Caller[] = ["operator", "regulator"];
/** Who keeps the register: a firm its own. */
const REGISTRARS: readonly Caller[] = [...PLANNERS, "enterprise-officer"];
const ON_PERMITS: readonly Caller[] = [...STAFF, "welder", "fire-watch", "blind"];
const FITTERS: readonly Caller[] = [...PLANNERS, "installer"];

/** Who may take part in a clearance, or sees those of a region or firm. */
const PARTAKERS: readonly Caller[] = [...STAFF, "welder", "fire-watch"];

const row = (may: readonly Caller[], sample?: Sample): MatrixRow => ({ may, ...(sample ? { sample } : {}) });
/** Some of the staff, whose department sees the group in question. */
const sighted = (may: readonly Caller[], sample?: Sample): MatrixRow => ({
  ...row(may, sample),
  blind: "department.forbidden",
});
const seen = (sample?: Sample): MatrixRow => sighted(STAFF, sample);
const commanded = (may: readonly Caller[], sample: Sample): MatrixRow => ({
  ...row(may, sample),
  blind: "department.may_not_command",
});
const everyone = (sample?: Sample): MatrixRow => row(callers, sample);
const welder = (sample?: Sample): MatrixRow => row(["welder"], sample);
const installer = (sample?: Sample): MatrixRow => row(["installer"], sample);
const officer = (sample?: Sample): MatrixRow => row(["enterprise-officer"], sample);

/** Every route of the contract: a new route needs its line here, or the test fails. */
export const roleMatrix: Record<string, MatrixRow> = {
  "POST /api/sign-in/code": everyone(samples.phone),
  "POST /api/sign-in/verify": everyone({ body: { phone: "13900000009", code: "000000" } }),
  "POST /api/sign-in/staff": everyone({ body: { username: "nobody", password: "x", totp: "000000" } }),
  "POST /api/sign-out": everyone(),
  "GET /api/me": everyone(),
  "GET /api/sign-ins": everyone(),
  "DELETE /api/sign-ins/:signInId": everyone(),
  "GET /api/demo/inbox": everyone(),
  "GET /api/demo/accounts": everyone(),
  "GET /api/map-config": everyone(),
  "GET /api/me/notifications": everyone(),
  "POST /api/me/notifications/read": everyone(samples.notices),
  "GET /api/me/messages": everyone(),
  "GET /api/me/messages/:messageId": everyone(),
  "POST /api/me/messages/opened": everyone({ body: { messageIds: [] } }),
  "POST /api/me/messages/:messageId/acknowledgement": everyone(),
  "GET /api/messages": sighted(AUTHORITIES),
  "GET /api/me/telling": everyone(),
  "PUT /api/me/telling/preferences": everyone(samples.tellingPreferences),
  "POST /api/me/push-subscriptions": everyone(samples.pushSubscription),
  "DELETE /api/me/push-subscriptions/:pushSubscriptionId": everyone(),
  "PUT /api/me/email": everyone({ body: { address: "demo@example.com" } }),
  "POST /api/me/email/confirmation": everyone({ body: { code: "000000" } }),
  "DELETE /api/me/email": everyone(),

  "GET /api/fire-stations": sighted(AUTHORITIES),
  "GET /api/fire-stations/:fireStationId": sighted(AUTHORITIES),
  "POST /api/fire-stations": sighted(PLANNERS, samples.fireStation),
  "PUT /api/fire-stations/:fireStationId": sighted(PLANNERS, samples.fireStation),
  "PUT /api/fire-stations/:fireStationId/members/:personId": sighted(PLANNERS, { body: { kinds: ["gas"] } }),
  "DELETE /api/fire-stations/:fireStationId/members/:personId": sighted(PLANNERS),
  "GET /api/fire-stations/:fireStationId/candidates": sighted(PLANNERS),
  "GET /api/fire-stations/:fireStationId/roster": sighted(AUTHORITIES, { query: "?day=2026-03-01" }),
  "POST /api/fire-stations/:fireStationId/roster-shifts": sighted(PLANNERS, samples.rosterShift),
  "DELETE /api/fire-stations/:fireStationId/roster-shifts/:rosterShiftId": sighted(PLANNERS),
  "POST /api/fire-stations/:fireStationId/roster-exceptions": sighted(PLANNERS, samples.rosterException),
  "DELETE /api/fire-stations/:fireStationId/roster-exceptions/:rosterExceptionId": sighted(PLANNERS),
  "GET /api/fire-stations/:fireStationId/handovers": sighted(AUTHORITIES),
  "GET /api/me/duty": row(["station-staff"]),
  "POST /api/me/duty/on": row(["station-staff"], { body: {} }),
  "POST /api/me/duty/off": row(["station-staff"], { body: { note: "演示交班" } }),

  "GET /api/machines": seen(),
  "GET /api/machines/:machineId": seen(),
  "GET /api/machines/:machineId/timeline": seen(),
  "POST /api/machines/:machineId/stop": commanded(STAFF, samples.reason),
  "POST /api/machines/:machineId/lock": commanded(STAFF, samples.reason),
  "POST /api/machines/:machineId/unlock": commanded(STAFF, samples.reason),
  "GET /api/machine-codes/:machineCode": welder(),

  "GET /api/machine-owners": sighted(REGISTRARS),
  "POST /api/machines": sighted(REGISTRARS, samples.machine),
  "PUT /api/machines/:machineId": sighted(REGISTRARS, samples.correction),
  "POST /api/machines/:machineId/steps": commanded([...STAFF, "installer"], samples.step),
  "GET /api/machines/:machineId/chip-fittings": sighted([...STAFF, "installer"]),
  "PUT /api/machines/:machineId/inspection": sighted(REGISTRARS, samples.inspection),
  "GET /api/machine-inspections": seen(),
  "POST /api/machines/:machineId/transfers": sighted(REGISTRARS, samples.transfer),
  "GET /api/machine-transfers": sighted(REGISTRARS),
  "POST /api/machine-transfers/:transferId/acceptance": officer(),
  "POST /api/machine-transfers/:transferId/refusal": officer(samples.reason),
  "POST /api/machine-transfers/:transferId/withdrawal": sighted(REGISTRARS, samples.reason),

  "POST /api/machine-codes/:machineCode/place-sign": welder(samples.placeSign),
  "POST /api/machines/:machineId/place": sighted(AUTHORITIES, samples.toldPlace),

  "GET /api/movement/machines": seen(),
  "GET /api/movement/machines/:machineId": seen(),
  "PUT /api/movement/machines/:machineId/override": sighted(PLANNERS, samples.override),
  "POST /api/movement/machines/:machineId/override/clearing": sighted(PLANNERS, samples.reason),
  "GET /api/movement/welders": seen(),
  "GET /api/movement/welders/:welderId": seen(),

  "GET /api/key-areas": seen(),
  "GET /api/key-areas/:keyAreaId": seen(),
  "GET /api/key-areas/:keyAreaId/versions": seen(),
  "POST /api/key-areas": sighted(PLANNERS, samples.keyArea),
  "PUT /api/key-areas/:keyAreaId": sighted(PLANNERS, samples.changedKeyArea),
  "POST /api/key-areas/:keyAreaId/abolition": sighted(PLANNERS, samples.abolition),
  "POST /api/key-areas/:keyAreaId/contacts": seen(),
  "GET /api/key-areas/:keyAreaId/signs": seen(),
  "POST /api/key-areas/:keyAreaId/signs": sighted(PLANNERS, samples.signs),
  "GET /api/key-areas/:keyAreaId/signs.pdf": seen(),
  "POST /api/key-area-imports/preview": sighted(PLANNERS, samples.areaFile),
  "POST /api/key-area-imports": sighted(PLANNERS, samples.areaImport),
  "GET /api/ogc": row([...STAFF, "blind"]),
  "GET /api/ogc/conformance": row([...STAFF, "blind"]),
  "GET /api/ogc/collections": row([...STAFF, "blind"]),
  "GET /api/ogc/collections/:collectionId": seen(samples.collection),
  "GET /api/ogc/collections/:collectionId/items": seen(samples.collection),
  "GET /api/ogc/collections/:collectionId/items/:featureId": seen(samples.collection),
  // Everybody who comes to weld reads what hangs on the wall.
  "GET /api/site-signs/:signCode": everyone(samples.signCode),

  // The catalogue is the platform's; what is counted by it is the fleet's.
  "GET /api/machine-models/lookup": row([...STAFF, "installer", "blind"], samples.model),
  "GET /api/machine-models": seen(),
  "GET /api/machine-models/coverage": seen(),
  "PUT /api/machine-models/facts": sighted(PLANNERS, samples.facts),
  "POST /api/machine-models/pictures": sighted(PLANNERS, samples.portrait),
  "GET /api/machine-models/pictures/:pictureKey": row([...STAFF, "installer", "blind"]),
  "GET /api/adaptation-profiles": row([...STAFF, "installer", "blind"]),
  "GET /api/adaptation-profiles/:profileKey": row([...STAFF, "installer", "blind"], samples.profileKey),
  "PUT /api/adaptation-profiles/:profileKey": sighted(PLANNERS, samples.profile),

  "POST /api/work-sessions": welder(samples.start),
  "GET /api/work-sessions": seen(),
  // A welder and a stranger's department learn nothing of a session that is not there.
  "GET /api/work-sessions/:workSessionId": row([...STAFF, "welder", "blind"]),
  "GET /api/work-sessions/:workSessionId/progress": row([...STAFF, "welder", "blind"]),
  "POST /api/work-sessions/:workSessionId/stop": row([...STAFF, "welder", "blind"]),
  "POST /api/machine-codes/:machineCode/site-question": welder(samples.site),
  "POST /api/work-sessions/:workSessionId/site-owner": officer(samples.confirmed),
  "GET /api/me/work-sessions": welder(),
  "GET /api/me/decisions": welder(),
  "GET /api/decisions": seen(),
  "GET /api/decisions/:decisionId": seen(),

  "GET /api/me/certificates": welder(),
  "POST /api/me/certificates": welder(samples.certificate),
  "PUT /api/me/certificates/:certificateId": welder(samples.certificate),
  // A welder's own, which one that is not there is not.
  "GET /api/certificates/:certificateId/photo": sighted(AUTHORITIES),
  "POST /api/certificates/:certificateId/standing": sighted(AUTHORITIES, samples.standing),
  "GET /api/certificate-reviews": sighted(AUTHORITIES),
  "GET /api/certificate-reviews/:certificateId": sighted(AUTHORITIES),
  "POST /api/certificate-reviews/:certificateId/decision": sighted(AUTHORITIES, samples.verdict),
  "POST /api/certificate-reviews/:certificateId/unmask": sighted(AUTHORITIES, samples.reason),
  "GET /api/registration": everyone(),
  "POST /api/me/welder": everyone(samples.welder),
  "PUT /api/me/portrait": welder(samples.portrait),
  "GET /api/welders": seen(),
  "GET /api/welders/:welderId": seen(),

  "GET /api/enterprises": seen(),
  "GET /api/enterprises/:enterpriseId": seen(),
  "POST /api/enterprises": sighted(AUTHORITIES, samples.enterprise),
  "POST /api/enterprise-registrations": everyone(samples.enterprise),
  // Who may do what with it is asked once it is found.
  "PUT /api/enterprises/:enterpriseId": seen(samples.enterprise),
  "POST /api/enterprises/:enterpriseId/review": seen(samples.review),
  "POST /api/enterprises/:enterpriseId/suspend": seen(samples.reason),
  "POST /api/enterprises/:enterpriseId/reactivate": seen(samples.reason),
  "POST /api/enterprises/:enterpriseId/contacts": seen(),
  "GET /api/enterprises/:enterpriseId/officers": seen(),
  "POST /api/enterprises/:enterpriseId/officers": seen(samples.officer),
  "DELETE /api/enterprises/:enterpriseId/officers/:personId": seen(),
  "GET /api/enterprises/:enterpriseId/welders": seen(),
  "POST /api/enterprises/:enterpriseId/welders": seen(samples.phone),
  "DELETE /api/enterprises/:enterpriseId/welders/:welderId": seen(),
  "PUT /api/enterprises/:enterpriseId/whitelist": seen(samples.whitelist),
  "PUT /api/enterprises/:enterpriseId/whitelist/:welderId": seen(samples.listed),
  "GET /api/enterprises/:enterpriseId/contracts": seen(),
  "POST /api/enterprises/:enterpriseId/contracts": seen(samples.contract),
  "POST /api/enterprises/:enterpriseId/contracts/:contractId/end": seen(),
  "PUT /api/enterprises/:enterpriseId/regime": sighted(AUTHORITIES, samples.regime),
  "GET /api/enterprise-regions": everyone(),
  "GET /api/enterprise-names": everyone({ query: "?text=demo" }),
  "GET /api/me/memberships": welder(),
  "POST /api/me/invitations/:invitationId": welder(samples.answer),

  // The law is nobody's data.
  "GET /api/law/certificates": row(MANAGERS),
  "GET /api/law/certificates/:ruleId": row(MANAGERS),
  "POST /api/law/certificates/try": row(MANAGERS, samples.tried),
  "GET /api/law/rules": row(MANAGERS),
  "GET /api/law/rules/:pack/:ruleId": row(MANAGERS),
  "GET /api/law/changes": row(MANAGERS, samples.twoDays),
  "GET /api/law/hot-work/example": row(MANAGERS, samples.hotWorkExample),
  "POST /api/law/hot-work/try": row(MANAGERS, samples.hotWork),
  "GET /api/law/replays/:decisionId": seen(),
  "GET /api/region-policies/:region": row(MANAGERS, samples.region),
  "POST /api/region-policies/:region": commanded(PLANNERS, samples.regionPolicy),

  "GET /api/imports/templates/:kind": sighted(REGISTRARS, samples.template),
  "POST /api/imports": sighted(REGISTRARS, samples.upload),
  // Imports are who uploaded them's, whatever the department may see by now.
  "GET /api/imports": row([...REGISTRARS, "blind"]),
  "GET /api/imports/:importId": row([...REGISTRARS, "blind"]),
  "GET /api/imports/:importId/issues": row([...REGISTRARS, "blind"]),
  "GET /api/imports/:importId/report": row([...REGISTRARS, "blind"]),
  "POST /api/imports/:importId/apply": row([...REGISTRARS, "blind"], samples.mode),
  "POST /api/imports/:importId/cancel": row([...REGISTRARS, "blind"]),
  "GET /api/exports/machines": seen(samples.csv),
  "GET /api/exports/work-sessions": seen(samples.csv),
  "GET /api/exports/enterprises": seen(samples.csv),
  "GET /api/exports/welders": seen(samples.csv),

  // Whose a picture is, and who may see it, its subject says: here a work session that is not there.
  "POST /api/evidence-challenges": row([...STAFF, "welder", "blind"], samples.evidenceSubject),
  "POST /api/evidence": row([...STAFF, "welder", "blind"], samples.evidence),
  "GET /api/evidence": row([...STAFF, "welder", "blind"], samples.evidenceQuery),
  "GET /api/evidence/:evidenceId": everyone(),
  "PATCH /api/evidence/:evidenceId": everyone(),
  "DELETE /api/evidence/:evidenceId": everyone(),
  "GET /api/evidence/:evidenceId/content": everyone(),
  "GET /api/evidence/:evidenceId/preview": everyone(),

  "POST /api/chip-enrolment-tokens": row(["installer", "operator"], samples.enrolmentToken),
  "POST /api/chip-enrolments": everyone({ body: { csr: "AAAA", enrolmentToken: "x" } }),
  "POST /api/chip-enrolments/renewal-nonces": everyone(),
  "POST /api/chip-enrolments/renew": everyone({
    body: { csr: "AAAA", proof: "AAAA", certificatePem: "x", nonce: "x" },
  }),
  "POST /api/chips/:chipId/revocation": row(["operator"], {
    params: { chipId: "abcdefghijklmnop" },
    ...samples.reason,
  }),

  "POST /api/label-batches": sighted(FITTERS, samples.labels),
  "GET /api/label-batches": sighted(FITTERS),
  "GET /api/label-batches/:batchId/sheets.pdf": sighted(FITTERS),
  "GET /api/labels": sighted(FITTERS),
  "POST /api/labels/:machineCode/voiding": sighted(FITTERS, samples.reason),
  "GET /api/refused-codes": sighted(FITTERS),
  "POST /api/retrofit/campaigns": sighted(PLANNERS, samples.campaign),
  "GET /api/retrofit/campaigns": sighted(FITTERS),
  "GET /api/retrofit/campaigns/:campaignId": sighted(PLANNERS),
  "POST /api/retrofit/campaigns/:campaignId/closing": sighted(PLANNERS),
  "PUT /api/retrofit/campaigns/:campaignId/installers": sighted(PLANNERS, samples.installers),
  "GET /api/retrofit/campaigns/:campaignId/installer-choices": sighted(PLANNERS),
  "GET /api/retrofit/townships": sighted(PLANNERS),
  "POST /api/retrofit/campaigns/:campaignId/movements": sighted(PLANNERS, samples.movement),
  "GET /api/retrofit/campaigns/:campaignId/movements": sighted(PLANNERS),
  "GET /api/retrofit/campaigns/:campaignId/progress.xlsx": sighted(PLANNERS),
  "GET /api/retrofit/campaigns/:campaignId/installations": sighted(PLANNERS),
  "POST /api/retrofit/installations": installer(samples.chip),
  "GET /api/retrofit/own-installations": installer(),
  "GET /api/retrofit/installations/:installationId": sighted(FITTERS),
  "POST /api/retrofit/installations/:installationId/label": installer(samples.label),
  "POST /api/retrofit/installations/:installationId/machine": installer(samples.fitted),
  "GET /api/retrofit/enterprises": installer(),
  "POST /api/retrofit/installations/:installationId/photos": installer(samples.picture),
  "GET /api/retrofit/photos/:photoId": sighted(FITTERS),
  "POST /api/retrofit/installations/:installationId/position": installer(samples.place),
  "POST /api/retrofit/installations/:installationId/profile": installer(),
  "POST /api/retrofit/installations/:installationId/enrolment-token": installer(),
  "POST /api/retrofit/installations/:installationId/relay-tests": installer(),
  "POST /api/retrofit/installations/:installationId/signature": installer(samples.picture),
  "GET /api/retrofit/installations/:installationId/signature.png": sighted(FITTERS),
  "POST /api/retrofit/installations/:installationId/abandonment": installer(samples.abandonment),

  "GET /api/regions": everyone(),
  "GET /api/regions/:code": everyone(),
  "GET /api/region-counts": row([...STAFF, "blind"]),
  "PUT /api/regions/:code/successor": row(["operator"], { body: { successor: null } }),
  "GET /api/departments": row([...STAFF, "blind"]),
  "PUT /api/departments/:departmentKey": row(["operator"], samples.settings),

  "GET /api/staff": row(MANAGERS),
  "GET /api/staff/:personId": row(MANAGERS),
  "POST /api/staff": row(MANAGERS, samples.staff),
  "POST /api/staff/:personId/invitation": row(MANAGERS),
  "POST /api/staff/:personId/roles": row(MANAGERS, samples.grant),
  "DELETE /api/staff/:personId/roles/:roleGrantId": row(MANAGERS),
  "PUT /api/staff/:personId/active": row(MANAGERS, { body: { isActive: false } }),
  "POST /api/staff-invitations/open": everyone(samples.invitation),
  "POST /api/staff-invitations/accept": everyone(samples.acceptance),

  "GET /api/persons": seen(),
  "POST /api/persons/:personId/unmask": seen(samples.unmask),
  "GET /api/me/personal-data": everyone(),
  "GET /api/me/consents": everyone(),
  "POST /api/me/consents": everyone(samples.consent),
  "DELETE /api/me/consents/:kind": everyone({ params: { kind: "privacy" } }),
  "GET /api/me/erasure": everyone(),
  "POST /api/me/erasure": everyone(),
  "DELETE /api/me/erasure": everyone(),
  "GET /api/erasure-requests": sighted(PLANNERS),
  "POST /api/erasure-requests/:erasureRequestId/decide": sighted(PLANNERS, samples.erasure),
  "GET /api/consent-texts": row(MANAGERS),
  "POST /api/consent-texts": row(["operator"], samples.consentText),
  "GET /api/statistics/welders": sighted(AUTHORITIES),
  "GET /api/audit": sighted(PLANNERS),
  "POST /api/audit/verify": row(MANAGERS),
  "GET /api/sharing/clients": row(MANAGERS),
  "POST /api/sharing/clients": { ...row(PLANNERS, samples.client), blind: "api_client.other_department" },
  "POST /api/sharing/clients/:clientId/secrets": row(MANAGERS),
  "PUT /api/sharing/clients/:clientId/active": row(MANAGERS, { body: { isActive: false } }),
  "GET /api/sharing/webhooks": row(MANAGERS),
  "POST /api/sharing/webhooks": row(MANAGERS, samples.webhook),
  "PUT /api/sharing/webhooks/:subscriptionId/active": row(MANAGERS, { body: { isActive: false } }),
  "GET /api/sharing/deliveries": row(MANAGERS),
  "POST /api/sharing/deliveries/:deliveryId/resend": row(MANAGERS),
  "GET /api/enterprises/:enterpriseId/fire-watches": seen(),
  "POST /api/enterprises/:enterpriseId/fire-watches": seen(samples.fireWatch),
  "PUT /api/enterprises/:enterpriseId/fire-watches/:fireWatchId/training": seen(samples.training),
  "DELETE /api/enterprises/:enterpriseId/fire-watches/:fireWatchId": seen(),
  "GET /api/hot-work-permits": seen(),
  "GET /api/exports/hot-work-permits": seen(samples.csv),
  "GET /api/exports/clearances": seen(samples.csv),
  "GET /api/me/hot-work-permits": row(["welder", "fire-watch", "enterprise-officer"]),
  "GET /api/hot-work-permit-people": welder(),
  "POST /api/hot-work-permits": welder(samples.permit),
  "PUT /api/hot-work-permits/:permitId": welder(samples.permit),
  "POST /api/hot-work-permits/:permitId/copy": welder(),
  "POST /api/hot-work-permits/:permitId/replacement": welder(samples.reason),
  "POST /api/hot-work-permits/:permitId/photos": welder(samples.permitPhoto),
  "POST /api/hot-work-permits/:permitId/submission": welder(),
  // Who may do what with one is asked once it is found.
  "GET /api/hot-work-permits/:permitId": row(ON_PERMITS),
  "GET /api/hot-work-permit-photos/:photoId": row(ON_PERMITS),
  "POST /api/hot-work-permits/:permitId/gas-tests": row(ON_PERMITS, samples.gasTest),
  "POST /api/hot-work-permits/:permitId/approval": row(ON_PERMITS, samples.approval),
  "POST /api/hot-work-permits/:permitId/rejection": row(ON_PERMITS, samples.reason),
  "POST /api/hot-work-permits/:permitId/suspension": row(ON_PERMITS, samples.reason),
  "POST /api/hot-work-permits/:permitId/resumption": row(ON_PERMITS, samples.reason),
  "POST /api/hot-work-permits/:permitId/voiding": row(ON_PERMITS, samples.reason),
  "POST /api/hot-work-permits/:permitId/closing": row(ON_PERMITS, samples.closing),
  "GET /api/hot-work-permits/:permitId/signature.png": row(ON_PERMITS),
  "GET /api/hot-work-permits/:permitId/ticket.pdf": row(ON_PERMITS),
  "GET /api/permit-verifications/:verificationCode": everyone(),
  // Programs show a token of their own; a person's sign-in is nothing to them.
  "POST /api/oauth/token": everyone(),
  "GET /.well-known/jwks.json": everyone(),
  "GET /api/shared/machines": everyone(),
  "GET /api/shared/enterprises": everyone(),
  "GET /api/shared/certificates": everyone(),
  "GET /api/shared/work-sessions": everyone(),

  "POST /api/other-works": officer(samples.otherWork),
  "GET /api/other-works": seen(),
  "GET /api/other-works/:otherWorkId": seen(),
  "POST /api/other-works/:otherWorkId/end": officer(samples.reason),
  "GET /api/work-conflicts": seen(),
  "GET /api/work-conflicts/:workConflictId": seen(),
  "POST /api/work-conflicts/:workConflictId/acknowledgement": officer(samples.acknowledgement),
  "POST /api/work-conflicts/:workConflictId/contacts": seen(),
  "POST /api/clearances": welder(samples.clearance),
  "GET /api/own-clearances": everyone(),
  "GET /api/clearances": seen(),
  "GET /api/clearances/:clearanceId": sighted(PARTAKERS),
  "GET /api/clearances/:clearanceId/history": sighted(PARTAKERS),
  "GET /api/clearances/:clearanceId/record.pdf": sighted(PARTAKERS),
  "POST /api/clearances/:clearanceId/permit": sighted(PARTAKERS, samples.clearancePermit),
  "POST /api/clearances/:clearanceId/scene": sighted(PARTAKERS, samples.scene),
  "GET /api/clearances/:clearanceId/site-code": sighted(PARTAKERS),
  "POST /api/fire-watch/scans": row(["fire-watch"], samples.siteCode),
  "POST /api/clearances/:clearanceId/watch-presence": sighted(PARTAKERS, samples.presence),
  "POST /api/clearances/:clearanceId/completion": sighted(PARTAKERS, { body: { permitContinues: false } }),
  "POST /api/clearances/:clearanceId/cancellation": sighted(PARTAKERS, samples.reason),
  "POST /api/clearances/:clearanceId/smoulder-checks": sighted(PARTAKERS, samples.smoulder),
  "POST /api/clearances/:clearanceId/closure": sighted(PARTAKERS),
  "GET /api/scene-checks": sighted(AUTHORITIES),
  "GET /api/scene-checks/:sceneCheckId": sighted(AUTHORITIES),
  "POST /api/scene-checks/:sceneCheckId/verdict": sighted(AUTHORITIES, { body: { verdict: "pass" } }),
  "GET /api/station-calls": sighted(AUTHORITIES),
  "GET /api/station-calls/:stationCallId": sighted(AUTHORITIES),
  "POST /api/station-calls/:stationCallId/acceptance": sighted(AUTHORITIES),
  "POST /api/station-calls/:stationCallId/arrival": sighted(AUTHORITIES, samples.presence),
  "POST /api/station-calls/:stationCallId/decision": sighted(AUTHORITIES, samples.stationDecision),
};
