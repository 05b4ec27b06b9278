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

/** Samples of one instant are one: packing keeps the last of them, so that a repeated batch counts once. */
async function lostSamples(
  taken: ReadonlyMap<string, { chipId: string; instants: readonly number[] }>,
  platform: Parameters<NonNullable<Invariant["checkPlatform"]>>[1],
): Promise<string[]> {
  const rows = await platform.read<{ chip_id: string; samples: number }>(
    `select chip_id, sum(samples)::int as samples from (
       select chip_id, sample_count as samples from telemetry_hot
       union all select chip_id, sample_count from telemetry_chunks) stored
     group by chip_id`,
  );
  const stored = new Map(rows.map(({ chip_id, samples }) => [chip_id, samples]));
  const expected = new Map<string, Set<number>>();
  for (const { chipId, instants } of taken.values()) {
    const own = expected.get(chipId) ?? new Set();
    expected.set(chipId, own);
    for (const instant of instants) own.add(instant);
  }
  return [...expected].flatMap(([chipId, instants]) => {
    const missing = instants.size - (stored.get(chipId) ?? 0);
    return missing > 0 ? [`${chipId} gave ${instants.size} samples, ${missing} of them are lost`] : [];
  });
}
