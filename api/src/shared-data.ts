import { z } from "zod";
import type { FieldGroup, SightLevel } from "./department-rights.ts";
import { defineRoute, type Route } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const sharedResource = z.enum(["machines", "enterprises", "certificates", "work-sessions"]);
export type SharedResource = z.infer<typeof sharedResource>;

/** What can be shared of each resource besides its id. `number` and `holderName` are personal data in full. */
export const sharedFields = {
  machines: [
    "machineCode",
    "name",
    "model",
    "process",
    "isMobile",
    "status",
    "isLocked",
    "enterpriseId",
    "region",
    "home",
  ],
  enterprises: ["name", "uscc", "industry", "region", "status"],
  certificates: [
    "welderPseudonym",
    "holderName",
    "family",
    "item",
    "number",
    "validFrom",
    "validTo",
    "reviewDueOn",
    "status",
    "region",
  ],
  "work-sessions": [
    "machineId",
    "enterpriseId",
    "welderPseudonym",
    "region",
    "status",
    "grantedAt",
    "energisedAt",
    "endedAt",
    "endReason",
    "energisedMs",
    "arcMs",
  ],
} as const satisfies Record<SharedResource, readonly string[]>;

/** The name of a field of any resource; one that several have means the same in each. */
export type SharedFieldName = (typeof sharedFields)[SharedResource][number];

const GROUPS = {
  machines: "machines",
  enterprises: "enterprises",
  certificates: "people",
  "work-sessions": "sessions",
} as const satisfies Record<SharedResource, FieldGroup>;

/** What a department must be able to see for its programs to read a field. */
export function sharedFieldNeeds(
  resource: SharedResource,
  field: string,
): { group: FieldGroup; level: SightLevel } {
  const isPersonal = resource === "certificates" && (field === "holderName" || field === "number");
  return { group: GROUPS[resource], level: isPersonal ? "personal" : "rows" };
}

const civilDay = z.iso.date();
const instant = z.iso.datetime();
const pseudonym = z.string().regex(/^[0-9a-f]{16}$/);

/** Every field is optional: what a client may not read is absent, not null. */
const sharedItems = {
  machines: z.object({
    id: z.uuid(),
    machineCode: z.string().optional(),
    name: z.string().optional(),
    model: z.string().optional(),
    process: z.string().optional(),
    isMobile: z.boolean().optional(),
    status: z.string().optional(),
    isLocked: z.boolean().optional(),
    enterpriseId: z.uuid().optional(),
    region: regionCode.optional(),
    home: z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() }).nullable().optional(),
  }),
  enterprises: z.object({
    id: z.uuid(),
    name: z.string().optional(),
    uscc: z.string().nullable().optional(),
    industry: z.string().nullable().optional(),
    region: regionCode.optional(),
    status: z.string().optional(),
  }),
  certificates: z.object({
    id: z.uuid(),
    welderPseudonym: pseudonym.optional(),
    holderName: z.string().optional(),
    family: z.string().optional(),
    item: z.string().optional(),
    number: z.string().nullable().optional(),
    validFrom: civilDay.optional(),
    validTo: civilDay.optional(),
    reviewDueOn: civilDay.nullable().optional(),
    status: z.string().optional(),
    region: regionCode.optional(),
  }),
  "work-sessions": z.object({
    id: z.uuid(),
    machineId: z.uuid().optional(),
    enterpriseId: z.uuid().optional(),
    welderPseudonym: pseudonym.optional(),
    region: regionCode.optional(),
    status: z.string().optional(),
    grantedAt: instant.optional(),
    energisedAt: instant.nullable().optional(),
    endedAt: instant.nullable().optional(),
    endReason: z.string().nullable().optional(),
    energisedMs: z.int().optional(),
    arcMs: z.int().optional(),
  }),
} as const;

const feedQuery = z.object({
  /** From the answer before; keep it, and later it leads to what has changed since. */
  cursor: z.string().max(200).optional(),
  /** Instead of a cursor: only what was changed at or after this time. */
  changedSince: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

function feedOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    /** Where to go on, now when `hasMore` and otherwise later. */
    cursor: z.string(),
    hasMore: z.boolean(),
  });
}

const id = "0198c0de-0000-7000-8000-000000000001";
const cursor = "eyJlIjoiMDE5OGMwZGUiLCJ4IjoiNzQyIn0";

function feed<Resource extends SharedResource>(resource: Resource, example: object) {
  return defineRoute({
    method: "GET",
    path: `/api/shared/${resource}`,
    tag: "shared data",
    summary: `The ${resource} of the client's region, in the order they were last changed, only the fields it may read`,
    query: feedQuery,
    answers: { 200: feedOf(sharedItems[resource]) },
    refusals: [401, 403],
    isForClients: true,
    example: { items: [{ id, ...example }], cursor, hasMore: false },
  } as const satisfies Route);
}

/** For departments' programs. Each answer is signed by HTTP Message Signatures (RFC 9421) and each read is audited. */
export const sharedDataRoutes = {
  issueToken: defineRoute({
    method: "POST",
    path: "/api/oauth/token",
    tag: "shared data",
    summary:
      "A token for client id and secret (RFC 6749 §4.4): by HTTP Basic, or as client_id and client_secret in the form",
    form: z.object({
      grant_type: z.literal("client_credentials"),
      client_id: z.uuid().optional(),
      client_secret: z.string().max(200).optional(),
    }),
    answers: {
      200: z.object({ access_token: z.string(), token_type: z.literal("Bearer"), expires_in: z.int() }),
    },
    refusals: [401],
    isOpen: true,
    example: { access_token: "2YotnFZFEjr1zCsicMWpAA", token_type: "Bearer", expires_in: 900 },
  }),
  platformKeys: defineRoute({
    method: "GET",
    path: "/.well-known/jwks.json",
    tag: "shared data",
    summary: "The platform's public keys (RFC 7517), by which receivers check its signatures",
    answers: {
      200: z.object({
        keys: z.array(
          z.object({
            kty: z.literal("EC"),
            crv: z.literal("P-256"),
            x: z.string(),
            y: z.string(),
            kid: z.string(),
            alg: z.literal("ES256"),
            use: z.literal("sig"),
          }),
        ),
      }),
    },
  }),
  sharedMachines: feed("machines", {
    machineCode: "7Q3ZK9V2M8XW4T5C",
    name: "演示一号",
    model: "ZX7-400",
    status: "in-service",
    region: "330723100",
  }),
  sharedEnterprises: feed("enterprises", { name: "演示焊接厂", region: "330723100", status: "active" }),
  sharedCertificates: feed("certificates", {
    welderPseudonym: "00112233445566aa",
    family: "emergency",
    item: "fusion-welding-thermal-cutting",
    validTo: "2029-05-31",
    status: "valid",
  }),
  sharedWorkSessions: feed("work-sessions", {
    machineId: id,
    welderPseudonym: "00112233445566aa",
    status: "ended",
    grantedAt: "2026-03-01T00:00:00.000Z",
    arcMs: 1_260_000,
  }),
};
