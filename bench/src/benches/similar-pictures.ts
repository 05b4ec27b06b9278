import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@hanyouxu/server";
import { sql } from "kysely";
import { type Bench, wholeNumber } from "../bench.ts";
import { rounded } from "../statistics.ts";
import { monotonicMs } from "../worker.ts";

const FRAMES = 4;
const TARGET_MS = 50;
const BITS = 7;
const FILLED_AT_ONCE = 5_000;

/** Looks for a picture among a million by the indexes that the platform uses, and by reading every row. */
export const similarPictures: Bench = {
  name: "similar-pictures",
  description:
    "whether a picture was handed in before, among a million fingerprints, against reading all of them",
  options: {
    fingerprints: { description: "that are kept", default: "1000000" },
    questions: { description: "half of them copies with up to seven bits changed", default: "200" },
  },
  async run(options, say) {
    const fingerprints = wholeNumber(options, "fingerprints", 1_000, 10_000_000);
    const questions = wholeNumber(options, "questions", 10, 10_000);
    const { createLogger, createSecrets, loadConfig, openStore, selectSimilar } = await import(
      "@hanyouxu/server"
    );
    const { startPostgres } = await import("@hanyouxu/testbed");
    const dir = mkdtempSync(join(tmpdir(), "hanyouxu-bench-"));
    createSecrets(join(dir, "secrets"));
    const postgres = await startPostgres();
    const config = loadConfig({ HY_DATA_DIR: dir, HY_DATABASE: postgres.url });
    const { store, close } = await openStore(config, createLogger("error"));
    try {
      say(`similar-pictures: ${fingerprints} fingerprints`);
      await fill(store, Math.ceil(fingerprints / FRAMES));
      const asked = await questionsOf(store, questions);
      const ours: number[] = [];
      const peer: number[] = [];
      let missed = 0;
      let foundOfStrangers = 0;
      for (const [index, question] of asked.entries()) {
        const beganMs = monotonicMs();
        const found = await selectSimilar(store.db, question);
        ours.push(monotonicMs() - beganMs);
        if (question.copyOf && !(found as string[]).includes(question.copyOf)) missed++;
        if (!question.copyOf && found.length > 0) foundOfStrangers++;
        // Reading all takes long: some questions are enough to know how long.
        if (index >= 20) continue;
        const scanBeganMs = monotonicMs();
        await scan(store, question);
        peer.push(monotonicMs() - scanBeganMs);
      }
      ours.sort((a, b) => a - b);
      peer.sort((a, b) => a - b);
      const at = (values: number[], part: number) => rounded(values[Math.floor(values.length * part)]!);
      return {
        value: at(ours, 0.5),
        unit: "ms a question, median",
        peer: "PostgreSQL reading every fingerprint and counting bits",
        peerValue: at(peer, 0.5),
        target: {
          text: `p99 ≤ ${TARGET_MS} ms, no copy missed`,
          isMet: at(ours, 0.99) <= TARGET_MS && missed === 0,
        },
        parameters: { fingerprints, questions, bits: BITS, database: "postgresql" },
        repetitions: 1,
        details: { p99: at(ours, 0.99), copiesMissed: missed, strangersTakenForCopies: foundOfStrangers },
      };
    } finally {
      await close();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

interface Question {
  rows: bigint;
  columns: bigint;
  /** The evidence that it shows again; undefined for a picture that nobody has seen. */
  copyOf: string | undefined;
}

async function fill(store: Store, pictures: number): Promise<void> {
  const personId = store.newId();
  await sql`insert into persons (person_id, name_ciphertext, created_at)
    values (${personId}, ${store.personalData.seal("name", "演示某人")}, now())`.execute(store.db);
  for (let left = pictures; left > 0; left -= FILLED_AT_ONCE) {
    await sql`
      with made as (
        insert into evidence (evidence_id, purpose, subject_id, person_id, kind, source, state, size_bytes,
          received_bytes, taken_at, created_at, upload_expires_at)
        select gen_random_uuid(), 'work', ${personId}::uuid, ${personId}::uuid, 'video', 'camera', 'accepted', 1, 1,
          now(), now(), now()
        from generate_series(1, ${Math.min(left, FILLED_AT_ONCE)}::int)
        returning evidence_id),
      hashed as (
        select evidence_id, frame, ('x' || substr(h, 1, 16))::bit(64)::bigint as r,
          ('x' || substr(h, 17, 16))::bit(64)::bigint as c
        from (select evidence_id, frame, md5(evidence_id::text || frame) as h
              from made cross join generate_series(0, ${FRAMES - 1}::int) as frame) as named)
      insert into evidence_fingerprints
      select evidence_id, frame, r, c, (r & 65535)::int, ((r >> 16) & 65535)::int, ((r >> 32) & 65535)::int,
        ((r >> 48) & 65535)::int
      from hashed`.execute(store.db);
  }
  await sql`vacuum analyze evidence_fingerprints`.execute(store.db);
}

async function questionsOf(store: Store, count: number): Promise<Question[]> {
  const { rows } = await sql<{ evidence_id: string; r: string; c: string }>`
    select evidence_id, row_hash::text as r, column_hash::text as c from evidence_fingerprints
    order by md5(evidence_id::text || 'question') limit ${Math.floor(count / 2)}::int`.execute(store.db);
  const copies = rows.map(({ evidence_id, r, c }, index) => ({
    rows: flipped(BigInt(r), index % (BITS + 1)),
    columns: flipped(BigInt(c), (index * 3) % (BITS + 1)),
    copyOf: evidence_id,
  }));
  const strangers = Array.from({ length: count - copies.length }, () => ({
    rows: randomBytes(8).readBigUInt64BE(),
    columns: randomBytes(8).readBigUInt64BE(),
    copyOf: undefined,
  }));
  return copies.flatMap((copy, index) => [copy, ...strangers.slice(index, index + 1)]);
}

/** The hash with so many of its bits changed, anywhere. */
function flipped(hash: bigint, bits: number): bigint {
  const places = new Set<number>();
  while (places.size < bits) places.add(randomBytes(1)[0]! % 64);
  return [...places].reduce((changed, bit) => changed ^ (1n << BigInt(bit)), BigInt.asUintN(64, hash));
}

async function scan(store: Store, { rows, columns }: Question): Promise<void> {
  const signed = (hash: bigint) => BigInt.asIntN(64, hash).toString();
  await sql`
    select distinct evidence_id from evidence_fingerprints
    where bit_count((row_hash # ${signed(rows)}::bigint)::bit(64)) <= ${BITS}::int
      and bit_count((column_hash # ${signed(columns)}::bigint)::bit(64)) <= ${BITS}::int`.execute(store.db);
}
