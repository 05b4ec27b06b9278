import { shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Division } from "./divisions.ts";
import { abolishRegions, allRegions, type KnownRegion, keepFormerNames, putRegions } from "./queries.ts";

export interface ImportedRegions {
  added: number;
  renamed: number;
  /** In use again, or taken over from a register that named it first. */
  adopted: number;
  abolished: number;
}

/** So many changed codes an entry of the audit log names; the rest is counted. */
const CODES_NAMED = 500;

/**
 * Brings the region tree to what a source says, all or nothing; the same source again changes nothing. A code that the
 * source no longer has stays, abolished from today; a former name stays findable. Regions that never came from such a
 * source, as of a development zone with a code of its own, are left alone.
 */
export async function importRegions(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  divisions: readonly Division[],
  actor: string,
): Promise<ImportedRegions> {
  const today = shanghaiDay(ctx.clock.nowMs());
  return await inTransaction(ctx.db, async (tx) => {
    const known = await allRegions(tx);
    const added = divisions.filter(({ code }) => !known.has(code));
    const changed = divisions.filter((division) => isChanged(known.get(division.code), division));
    const renamed = changed.filter(({ code, name }) => known.get(code)!.name !== name);
    const named = new Set<string>(divisions.map(({ code }) => code));
    const vanished = [...known.values()].filter(
      ({ region_code, is_standard, abolished_on }) =>
        is_standard && abolished_on === null && !named.has(region_code),
    );
    await keepFormerNames(
      tx,
      renamed.map(({ code }) => ({ code, name: known.get(code)!.name })),
      today,
    );
    await putRegions(tx, [...added, ...changed]);
    const abolished = vanished.map(({ region_code }) => region_code);
    await abolishRegions(tx, abolished, today);
    const result = {
      added: added.length,
      renamed: renamed.length,
      adopted: changed.length - renamed.length,
      abolished: abolished.length,
    };
    if (added.length + changed.length + abolished.length > 0) {
      await ctx.audit.record(tx, {
        actor,
        action: "regions.imported",
        subject: "regions",
        details: {
          ...result,
          renamedCodes: renamed.slice(0, CODES_NAMED).map(({ code }) => code),
          abolishedCodes: abolished.slice(0, CODES_NAMED),
        },
      });
    }
    return result;
  });
}

function isChanged(known: KnownRegion | undefined, { name, parentCode }: Division): boolean {
  if (known === undefined) return false;
  return (
    known.name !== name ||
    known.parent_code !== parentCode ||
    !known.is_standard ||
    known.abolished_on !== null
  );
}
