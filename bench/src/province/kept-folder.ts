import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../bench.ts";

export interface Stored {
  decisions: number;
  sessions: number;
}

/**
 * A province that an earlier run has left in a folder, or one that is loaded now. Only a load that came to its end is noted
 * there.
 * @param folder empty: nothing is kept
 * @param province what it is made from; another one's folder is refused
 * @throws UsageError
 */
export async function keptOrLoaded(
  folder: string,
  province: { size: string; sessions: number; seed: number },
  load: () => Promise<Stored>,
): Promise<{ isKept: boolean; stored: Stored }> {
  const note = join(folder, "loaded.json");
  if (folder && existsSync(note)) {
    const kept: { province: typeof province; stored: Stored } = JSON.parse(readFileSync(note, "utf8"));
    if (JSON.stringify(kept.province) !== JSON.stringify(province))
      throw new UsageError(`--folder has another province: ${JSON.stringify(kept.province)}`);
    return { isKept: true, stored: kept.stored };
  }
  const stored = await load();
  if (folder) writeFileSync(note, JSON.stringify({ province, stored }));
  return { isKept: false, stored };
}
