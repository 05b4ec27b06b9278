import type { SharedResource } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import type { FeedRow } from "./queries.ts";

type Read = (row: FeedRow, ctx: Pick<AppContext, "personalData">) => unknown;

const column =
  (name: string): Read =>
  (row) =>
    row[name] ?? null;
const instant =
  (name: string): Read =>
  (row) =>
    row[name] instanceof Date ? row[name].toISOString() : null;

/** How each field of the contract is read off a row. What a client may not read is not even opened. */
const READERS: Readonly<Record<SharedResource, Readonly<Record<string, Read>>>> = {
  machines: {
    machineCode: column("machine_code"),
    name: column("name"),
    model: column("model"),
    process: column("process"),
    isMobile: column("is_mobile"),
    status: column("status"),
    isLocked: column("is_locked"),
    enterpriseId: column("enterprise_id"),
    region: column("region_code"),
    home: (row) =>
      row.home_latitude_degrees === null
        ? null
        : { latitudeDegrees: row.home_latitude_degrees, longitudeDegrees: row.home_longitude_degrees },
  },
  enterprises: {
    name: column("name"),
    uscc: column("uscc"),
    industry: column("industry"),
    region: column("region_code"),
    status: column("status"),
  },
  certificates: {
    welderPseudonym: column("pseudonym"),
    holderName: (row, ctx) => ctx.personalData.open("name", row.name_ciphertext as Uint8Array),
    family: column("family"),
    item: column("item"),
    number: (row, ctx) =>
      row.number_ciphertext &&
      ctx.personalData.open("certificate-number", row.number_ciphertext as Uint8Array),
    validFrom: column("valid_from"),
    validTo: column("valid_to"),
    reviewDueOn: column("review_due_on"),
    status: column("status"),
    region: column("region_code"),
  },
  "work-sessions": {
    machineId: column("machine_id"),
    enterpriseId: column("enterprise_id"),
    welderPseudonym: column("pseudonym"),
    region: column("region_code"),
    status: column("status"),
    grantedAt: instant("granted_at"),
    energisedAt: instant("energised_at"),
    endedAt: instant("ended_at"),
    endReason: column("end_reason"),
    energisedMs: column("energised_ms"),
    arcMs: column("arc_ms"),
  },
};

/** The id and the fields that are allowed; the others are absent. */
export function sharedItem(
  ctx: Pick<AppContext, "personalData">,
  resource: SharedResource,
  row: FeedRow,
  fields: readonly string[],
): { id: string; [field: string]: unknown } {
  const readers = READERS[resource];
  return {
    id: row.id,
    ...Object.fromEntries(
      fields.flatMap((field) => {
        const read = readers[field];
        return read ? [[field, read(row, ctx)]] : [];
      }),
    ),
  };
}
