import type { RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";
import { certificatesWithEntry } from "../certificates/certificates.ts";

type Db = Kysely<Tables>;

export interface ReviewFilter {
  scope: ReachedRows;
  state: "waiting" | "approved" | "rejected";
  region?: string;
  family?: string;
  outcome?: string;
}

const verificationOf = { waiting: "submitted", approved: "verified", rejected: "rejected" } as const;

function reviewsMatching(db: Db, { scope, state, region, family, outcome }: ReviewFilter) {
  // Reviewers act for regions; what a role bound to a firm reaches is no part of it.
  const regional = { ...scope, enterprises: [] };
  return certificatesWithEntry(db)
    .where("s.certificate_id", "is not", null)
    .where("k.verification", "=", verificationOf[state])
    .where(withinScope(regional, "w.region_code", "w.welder_id"))
    .$if(region !== undefined, (query) => query.where("w.region_code", "like", `${region}%` as RegionCode))
    .$if(family !== undefined, (query) => query.where("k.family", "=", family!))
    .$if(outcome !== undefined, (query) => query.where(sql<boolean>`s.registry_outcome = ${outcome}`));
}

/** Those that wait come in the order they came; decided ones the latest first. */
export async function selectReviews(db: Db, filter: ReviewFilter, limit: number, offset: number) {
  const query = reviewsMatching(db, filter).limit(limit).offset(offset);
  return await (filter.state === "waiting"
    ? query.orderBy("s.submitted_at").orderBy("k.certificate_id")
    : query.orderBy("s.decided_at", "desc").orderBy("k.certificate_id")
  ).execute();
}

export async function countReviews(db: Db, filter: ReviewFilter): Promise<number> {
  const row = await reviewsMatching(db, filter)
    .clearSelect()
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The names of persons, sealed, by their id. */
export async function selectNames(db: Db, personIds: readonly string[]): Promise<Map<string, Uint8Array>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("persons")
    .select(["person_id", "name_ciphertext"])
    .where(sql<boolean>`person_id = any(${[...personIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.name_ciphertext]));
}
