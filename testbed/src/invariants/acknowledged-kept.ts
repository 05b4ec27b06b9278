import { createHash } from "node:crypto";
import type { Invariant } from "./invariant.ts";

interface EventRow {
  chip_id: string;
  boot: number;
  seq: number;
  digest: string;
}

/** 6. What was acknowledged is never lost: each event as the chip wrote it, each sample the broker was relieved of. */
export const acknowledgedKept: Invariant = {
  name: "what was acknowledged is kept",

  async checkPlatform({ record }, platform) {
    const rows = await platform.read<EventRow>(
      "select chip_id, boot::int as boot, seq::int as seq, md5(raw) as digest from chip_events",
    );
    const kept = new Map(rows.map(({ chip_id, boot, seq, digest }) => [`${chip_id}/${boot}/${seq}`, digest]));
    const problems: string[] = [];
    for (const [chipId, position] of record.acknowledged) {
      for (const [key, { event, bytes }] of record.events.get(chipId) ?? []) {
        const isAcknowledged =
          event.boot < position.boot || (event.boot === position.boot && event.seq <= position.seq);
        if (!isAcknowledged) continue;
        const digest = kept.get(`${chipId}/${key}`);
        if (digest === undefined) problems.push(`${chipId} event ${key} (${event.kind}) is lost`);
        else if (digest !== createHash("md5").update(bytes).digest("hex")) {
          problems.push(`${chipId} event ${key} (${event.kind}) was altered`);
        }
      }
    }
    return [...problems, ...(await lostSamples(record.telemetry, platform))];
  },
};

/**
 * A batch lies in the database as it came, or its samples lie in packed chunks. Samples of one instant are one there:
 * packing keeps the last of them, so that a repeated batch counts once.
 */
async function lostSamples(
  taken: ReadonlyMap<string, { chipId: string; instants: readonly number[] }>,
  platform: Parameters<NonNullable<Invariant["checkPlatform"]>>[1],
): Promise<string[]> {
  const hot = await platform.read<{ key: string }>(
    "select chip_id || '/' || boot || '/' || batch as key from telemetry_hot",
  );
  const asItCame = new Set(hot.map(({ key }) => key));
  const chunks = await platform.read<{ chip_id: string; samples: number }>(
    "select chip_id, sum(sample_count)::int as samples from telemetry_chunks group by chip_id",
  );
  const packed = new Map(chunks.map(({ chip_id, samples }) => [chip_id, samples]));
  const expected = new Map<string, Set<number>>();
  for (const [key, { chipId, instants }] of taken) {
    if (asItCame.has(key)) continue;
    const own = expected.get(chipId) ?? new Set();
    expected.set(chipId, own);
    for (const instant of instants) own.add(instant);
  }
  return [...expected].flatMap(([chipId, instants]) => {
    const missing = instants.size - (packed.get(chipId) ?? 0);
    return missing > 0 ? [`${chipId}: ${instants.size} samples are to be packed, ${missing} are lost`] : [];
  });
}
