import type { AreaFileReport, ImportedFeature, Language } from "@hanyouxu/api";
import type { KeyAreaId, PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import { AreaFileProblem, type RawFeature, readAreaFile } from "../../area-files/read-area-file.ts";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError, messageOf } from "../../errors.ts";
import {
  type CheckedArea,
  checkedArea,
  insertKeyAreas,
  Neighbours,
  nextRevision,
  overlapRefusal,
} from "../key-areas/key-areas.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";
import { type FeatureDefaults, featureData, type ReadFeature } from "./feature-data.ts";

export interface ImportInput {
  bytes: Uint8Array<ArrayBuffer>;
  defaults: FeatureDefaults;
  /** Where the importer may draw. */
  scope: Scope;
  language: Language;
}

/** What each feature of a file would become. @throws AppError key_area_import.<why the file cannot be read> */
export async function previewKeyAreas(
  ctx: Pick<AppContext, "db" | "clock" | "newId">,
  input: ImportInput,
): Promise<AreaFileReport> {
  const features = await readFile(ctx, input);
  return reportOf(await judge(ctx, ctx.db, features, input), input.language, 0);
}

/**
 * Takes the features of a file in as key areas, in one transaction.
 * @throws AppError as `previewKeyAreas`; key_area_import.bad_features when `isWhole` and one is bad;
 *   key_area_import.nothing_good
 */
export async function importKeyAreas(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "personalData" | "audit">,
  input: ImportInput & { isWhole: boolean; reason: string; actor: PersonId },
): Promise<AreaFileReport> {
  const features = await readFile(ctx, input);
  return await ctx.db.transaction().execute(async (tx) => {
    const revision = await nextRevision(tx);
    const judged = await judge(ctx, tx, features, input);
    const good = judged.flatMap(({ area, keyAreaId }) => (area ? [{ keyAreaId, area }] : []));
    if (input.isWhole && good.length < judged.length) throw new AppError("key_area_import.bad_features");
    if (good.length === 0) throw new AppError("key_area_import.nothing_good");
    await insertKeyAreas(ctx, tx, good, revision, input);
    await ctx.audit.record(tx, {
      actor: input.actor,
      action: "key_areas.imported",
      subject: `key_areas:${input.defaults.region}`,
      details: {
        reason: input.reason,
        datum: input.defaults.datum,
        skipped: judged.length - good.length,
        keyAreaIds: good.map(({ keyAreaId }) => keyAreaId),
      },
    });
    return reportOf(judged, input.language, good.length);
  });
}

async function readFile(ctx: Pick<AppContext, "clock">, { bytes }: ImportInput): Promise<RawFeature[]> {
  try {
    const features = await readAreaFile(ctx, bytes);
    if (features.length === 0) throw new AppError("key_area_import.empty");
    return features;
  } catch (error) {
    if (error instanceof AreaFileProblem) throw new AppError(`key_area_import.${error.code}`);
    throw error;
  }
}

interface JudgedFeature {
  read: ReadFeature;
  keyAreaId: KeyAreaId;
  area?: CheckedArea;
  refusal?: AppError;
}

/** Each feature by itself, then beside what is there and beside those before it in the file. */
async function judge(
  ctx: Pick<AppContext, "newId">,
  db: Kysely<Tables>,
  features: readonly RawFeature[],
  { defaults, scope }: ImportInput,
): Promise<JudgedFeature[]> {
  const judged: JudgedFeature[] = [];
  for (const feature of features)
    judged.push(await judgeAlone(ctx, db, featureData(feature, defaults), scope));
  const neighbours = await Neighbours.around(
    db,
    judged.flatMap(({ area }) => (area ? [area] : [])),
  );
  return judged.map((feature) => {
    if (!feature.area) return feature;
    const clash = neighbours.clashOf(feature.area);
    if (clash) {
      const { area: _area, ...bad } = feature;
      return { ...bad, refusal: overlapRefusal(clash) };
    }
    neighbours.add(feature.keyAreaId, feature.area);
    return feature;
  });
}

async function judgeAlone(
  ctx: Pick<AppContext, "newId">,
  db: Kysely<Tables>,
  read: ReadFeature,
  scope: Scope,
): Promise<JudgedFeature> {
  const keyAreaId = ctx.newId() as KeyAreaId;
  const bad = (refusal: AppError) => ({ read, keyAreaId, refusal });
  if (!read.data) return bad(new AppError(`key_area_import.${read.problem ?? "no_area"}`));
  if (!isInScope(scope, read.region)) return bad(new AppError("region.out_of_scope"));
  try {
    return { read, keyAreaId, area: await checkedArea(db, read.data) };
  } catch (error) {
    if (error instanceof AppError) return bad(error);
    throw error;
  }
}

function reportOf(judged: readonly JudgedFeature[], language: Language, imported: number): AreaFileReport {
  const features = judged.map(({ read, area, refusal }, index): ImportedFeature => {
    const drawn = read.data?.shape;
    return {
      number: index + 1,
      name: read.name,
      kind: read.kind,
      region: read.region,
      geometry: area?.geometry ?? (drawn?.type === "polygon" ? drawn.geometry : null),
      problem: refusal
        ? {
            code: refusal.code,
            message: messageOf(refusal.code, language),
            place: refusal.details?.place ?? null,
          }
        : null,
    };
  });
  const bad = features.filter(({ problem }) => problem !== null).length;
  return { features, good: features.length - bad, bad, imported };
}
