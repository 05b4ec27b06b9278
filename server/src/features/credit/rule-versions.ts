import { bilingual, type CreditRuleVersion, type creditRoutes, type RouteAnswer } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import {
  type CreditRule,
  type CreditRuleSet,
  creditCauses,
  creditCauseTitle,
  defaultCreditRules,
} from "@hanyouxu/rules";
import type { Kysely, Selectable } from "kysely";
import { sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { CreditRuleVersionsTable } from "../../db/tables/credit.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";

type Db = Kysely<Tables>;
type Row = Selectable<CreditRuleVersionsTable> & { name: string };

const DEFAULT_VERSION = "default-1";
const versionOf = ({ region_code, version }: Pick<Row, "region_code" | "version">) =>
  `${region_code}-${version}`;

/** Of the region and those above it, the nearest first and of each the newest. */
async function selectVersions(db: Db, region: RegionCode | undefined): Promise<Row[]> {
  return await db
    .selectFrom("credit_rule_versions as v")
    .innerJoin("regions as r", "r.region_code", "v.region_code")
    .selectAll("v")
    .select("r.name")
    .$if(region !== undefined, (query) => query.where(sql<boolean>`${region} like v.region_code || '%'`))
    .$if(region === undefined, (query) => query.where(sql<boolean>`false`))
    .orderBy(sql`length(v.region_code)`, "desc")
    .orderBy("v.version", "desc")
    .execute();
}

/** The rules that count in a region at an instant: its own newest in force, or the nearest above, or the platform's. */
export async function creditRulesAt(
  db: Db,
  region: RegionCode,
  atMs: number,
): Promise<CreditRuleSet & { version: string }> {
  const row = inForce(await selectVersions(db, region), atMs);
  return row
    ? { version: versionOf(row), rules: row.rules, returnsAfterDays: row.returns_after_days }
    : { version: DEFAULT_VERSION, ...defaultCreditRules };
}

function inForce(rows: readonly Row[], atMs: number): Row | undefined {
  return rows.find(({ effective_from }) => effective_from.getTime() <= atMs);
}

/** What is published: every version that ever counted in the region, the platform's proposal last. */
export async function publishedRules(
  { db, clock }: Pick<AppContext, "db" | "clock">,
  region: RegionCode | undefined,
): Promise<RouteAnswer<typeof creditRoutes.listCreditRules>> {
  const rows = await selectVersions(db, region);
  const current = inForce(rows, clock.nowMs());
  return {
    causes: creditCauses.map((cause) => ({ cause, title: { ...creditCauseTitle(cause) } })),
    newestVersion: rows.find(({ region_code }) => region_code === region)?.version ?? 0,
    versions: [
      ...rows.map((row) => ({
        version: versionOf(row),
        region: row.region_code,
        regionName: row.name,
        effectiveFrom: row.effective_from.toISOString(),
        reason: row.reason,
        rules: titled(row.rules),
        returnsAfterDays: row.returns_after_days,
        isInForce: row === current,
      })),
      {
        version: DEFAULT_VERSION,
        region: null,
        regionName: null,
        effectiveFrom: null,
        reason: null,
        rules: titled(defaultCreditRules.rules),
        returnsAfterDays: defaultCreditRules.returnsAfterDays,
        isInForce: current === undefined,
      },
    ],
  };
}

const titled = (rules: readonly CreditRule[]) =>
  rules.map((rule) => ({ ...rule, title: { ...creditCauseTitle(rule.cause) } }));

export interface NewRules extends CreditRuleSet {
  region: RegionCode;
  basedOnVersion: number;
  /** Undefined: at once. */
  effectiveFromMs: number | undefined;
  reason: string;
}

/**
 * Publishes new rules of a region. What was booked before keeps the version that it was booked by.
 * @throws AppError credit_rules.no_region | .invalid | .changed_meanwhile
 */
export async function publishRules(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  wish: NewRules,
  actor: PersonId,
): Promise<CreditRuleVersion> {
  const { region, basedOnVersion, effectiveFromMs, reason, rules, returnsAfterDays } = wish;
  const nowMs = ctx.clock.nowMs();
  const fields = problemsOf(wish, nowMs);
  if (fields.length > 0) throw new AppError("credit_rules.invalid", { fields });
  await ctx.db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom("regions")
      .select("region_code")
      .where("region_code", "=", region)
      .forUpdate()
      .executeTakeFirst();
    if (!known) throw new AppError("credit_rules.no_region");
    const newest = (await selectVersions(tx, region)).find(({ region_code }) => region_code === region);
    const newestVersion = newest?.version ?? 0;
    if (newestVersion !== basedOnVersion)
      throw new AppError("credit_rules.changed_meanwhile", { details: { newestVersion } });
    const version = newestVersion + 1;
    const effectiveFrom = new Date(effectiveFromMs ?? nowMs);
    await tx
      .insertInto("credit_rule_versions")
      .values({
        region_code: region,
        version,
        effective_from: effectiveFrom,
        rules: JSON.stringify(rules),
        returns_after_days: returnsAfterDays,
        reason,
        published_by: actor,
        published_at: new Date(nowMs),
      })
      .execute();
    await ctx.audit.record(tx, {
      actor,
      action: "credit_rules.published",
      subject: `region:${region}`,
      details: { version, effectiveFrom: effectiveFrom.toISOString(), reason, rules, returnsAfterDays },
    });
  });
  const { versions } = await publishedRules(ctx, region);
  return versions[0]!;
}

function problemsOf({ rules, effectiveFromMs }: NewRules, nowMs: number) {
  const keys = rules.map(({ cause, holder }) => `${cause} ${holder}`);
  const twice = keys.flatMap((key, index) => (keys.indexOf(key) === index ? [] : [index]));
  return [
    ...twice.map((index) => ({
      path: `body.rules.${index}.cause`,
      message: bilingual("同一事由和对象只能有一条", "Only one rule for a cause and a holder"),
    })),
    ...(effectiveFromMs !== undefined && effectiveFromMs < nowMs
      ? [
          {
            path: "body.effectiveFrom",
            message: bilingual("生效时间不能早于现在", "It cannot take effect before now"),
          },
        ]
      : []),
  ];
}
