import { execFileSync } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Evidence, type EvidenceChallenge, evidenceContentPath, type NewEvidence } from "@hanyouxu/api";
import { generateCounty } from "@hanyouxu/simulator";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { layCounty } from "../src/laid-county.ts";
import { type System, startSystem } from "../src/system.ts";
import { type Job, jobsOf, phoneOf } from "../src/workforce.ts";

const FILM_BYTES = 200 * 1024 * 1024;
const CHUNK_BYTES = 4 * 1024 * 1024;
const CUTS = 5;
/** Of the film before, which brings everything in that a film needs. */
const WARM_UP_BYTES = 6 * 1024 * 1024;

/** A link to the server that breaks whenever so many more bytes have gone up. */
class BreakingLink {
  readonly #server: Server;
  cuts = 0;
  sentBytes = 0;
  #everyBytes = Number.POSITIVE_INFINITY;
  #sinceCut = 0;

  constructor(port: number) {
    this.#server = createServer((phone) => {
      const platform: Socket = connect(port, "127.0.0.1");
      const end = () => {
        phone.destroy();
        platform.destroy();
      };
      for (const socket of [phone, platform]) socket.on("error", end).on("close", end);
      platform.pipe(phone);
      phone.on("data", (bytes: Buffer) => {
        this.sentBytes += bytes.length;
        this.#sinceCut += bytes.length;
        if (this.cuts < CUTS && this.#sinceCut >= this.#everyBytes) {
          this.cuts++;
          this.#sinceCut = 0;
          return end();
        }
        if (!platform.write(bytes)) {
          phone.pause();
          platform.once("drain", () => phone.resume());
        }
      });
    });
  }

  breakEvery(bytes: number): void {
    this.#everyBytes = bytes;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (typeof address !== "object" || !address) throw new Error("no port");
    return `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server.close();
  }
}

/** A film that plays, made as large as is wanted by a box of no meaning (ISO/IEC 14496-12 §8.1.2: free). */
async function filmOf(dir: string, source: string, bytes: number): Promise<Buffer> {
  const path = join(dir, "film.mp4");
  const input = ["-f", "lavfi", "-i", `${source}=size=640x360:rate=15`, "-t", "8", "-pix_fmt", "yuv420p"];
  execFileSync("ffmpeg", ["-y", "-loglevel", "error", ...input, "-c:v", "libx264", path]);
  const film = readFileSync(path);
  const box = Buffer.alloc(8);
  box.writeUInt32BE(bytes - film.length);
  box.write("free", 4);
  return Buffer.concat([film, box, randomBytes(bytes - film.length - 8)]);
}

describe.each(["embedded", "server"] as const)("a film of 200 MB in %s mode", (mode) => {
  let dir: string;
  let system: System;
  let job: Job;
  let link: BreakingLink;
  let linkUrl: string;
  let cookie = "";
  let workSessionId: string;
  let film: Buffer;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-evidence-"));
    job = jobsOf(generateCounty(1, new Date().toISOString().slice(0, 10)), 1)[0]!;
    system = await startSystem({
      ...(await layCounty(dir, mode)),
      mode,
      server: "process",
      online: [job.machine],
      environment: { HY_LOG_LEVEL: "info", HY_REQUESTS_PER_MINUTE: "0" },
    });
    await system.fleet.started;
    const keeping: typeof globalThis.fetch = async (...request) => {
      const response = await globalThis.fetch(...request);
      for (const set of response.headers.getSetCookie()) cookie = set.split(";")[0]!;
      return response;
    };
    const at = system.fleet.machine(job.machine.machineId)!;
    await vi.waitFor(() => expect(at.chip.state().clock.verifiedAtUptimeMs).not.toBeNull(), {
      timeout: 60_000,
    });
    const phone = phoneOf(system, job.welder, system.clock, keeping);
    const answer = await phone.start(at.machineCode, { ...at.world.body.place, accuracyMetres: 10 });
    if (answer.outcome !== "grant") throw new Error(JSON.stringify(answer.reasons));
    workSessionId = answer.workSession.workSessionId;
    link = new BreakingLink(Number(new URL(system.url).port));
    linkUrl = await link.listen();
    film = await filmOf(dir, "testsrc2", FILM_BYTES);
  }, 240_000);
  afterAll(async () => {
    link?.close();
    await system?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  }, 60_000);

  const ask = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { cookie, "content-type": "application/json" };
    const response = await fetch(system.url + path, { headers, ...init });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };

  async function announce(film: Buffer): Promise<NewEvidence> {
    const subject = { purpose: "work", subjectId: workSessionId } as const;
    const challenge = await ask<EvidenceChallenge>("/api/evidence-challenges", {
      method: "POST",
      body: JSON.stringify(subject),
    });
    return {
      evidenceId: randomUUID(),
      ...subject,
      kind: "video",
      source: "camera",
      challengeId: challenge.challengeId,
      sha256: createHash("sha256").update(film).digest("hex"),
      takenAt: challenge.issuedAt,
      position: null,
      coveredSectors: [0, 6],
    };
  }

  /** Sends it as the phone does, and calls `onAcknowledged` with what is durable. */
  function send(
    film: Buffer,
    said: NewEvidence,
    onAcknowledged: (bytes: number) => void = () => {},
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const upload = new Upload(film, {
        endpoint: `${linkUrl}/api/evidence`,
        metadata: { evidence: JSON.stringify(said) },
        headers: { cookie },
        chunkSize: CHUNK_BYTES,
        retryDelays: Array.from({ length: 60 }, () => 500),
        storeFingerprintForResuming: false,
        // As the phone does: only a link that broke and an offset that moved are tried again.
        onShouldRetry: (error) => {
          const body = error.originalResponse?.getBody() ?? "";
          return !body.includes('"code":"evidence.') || body.includes("evidence.offset_conflict");
        },
        onChunkComplete: (_size, accepted) => onAcknowledged(accepted),
        onSuccess: () => resolve(),
        onError: reject,
      });
      upload.start();
    });
  }

  const residentBytes = () => {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(
      readFileSync(`/proc/${system.serverProcess!.pid}/status`, "utf8"),
    )!;
    return Number(kilobytes) * 1024;
  };
  const judged = (evidenceId: string) =>
    vi.waitFor(
      async () => {
        const evidence = await ask<Evidence>(`/api/evidence/${evidenceId}`);
        expect(["accepted", "refused"]).toContain(evidence.state);
        return evidence;
      },
      { timeout: 120_000, interval: 250 },
    );

  test("arrives whole over a link that is cut five times, and the server's memory stays as it was", async () => {
    // What grows with the first film of all – programs, pools, the embedded database – is not the large one's.
    const small = await filmOf(dir, "rgbtestsrc", WARM_UP_BYTES);
    const first = await announce(small);
    await send(small, first);
    expect((await judged(first.evidenceId)).state).toBe("accepted");
    link.sentBytes = 0;

    const said = await announce(film);
    link.breakEvery(33 * 1024 * 1024);
    const before = residentBytes();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, residentBytes());
    }, 100);
    const acknowledged: number[] = [];
    await send(film, said, (bytes) => void acknowledged.push(bytes));
    const evidence = await judged(said.evidenceId);
    clearInterval(watch);
    expect(evidence).toMatchObject({
      state: "accepted",
      sha256: said.sha256,
      receivedBytes: FILM_BYTES,
      mediaType: "video/mp4",
      widthPixels: 640,
    });
    expect(link.cuts).toBe(CUTS);
    // Nothing that was acknowledged is sent again.
    expect(acknowledged).toEqual([...acknowledged].sort((a, b) => a - b));
    const again = link.sentBytes / FILM_BYTES - 1;
    const grownMebibytes = (most - before) / 1024 / 1024;
    console.log(
      `${mode}: ${CUTS} cuts, ${(100 * again).toFixed(1)} % sent again, server ${(before / 1024 / 1024).toFixed(0)} MiB,` +
        ` at most ${grownMebibytes.toFixed(0)} MiB more`,
    );
    expect(again).toBeLessThan(0.15);
    expect(grownMebibytes).toBeLessThan(120);

    const shown = await fetch(system.url + evidenceContentPath(said.evidenceId), { headers: { cookie } });
    expect(
      createHash("sha256")
        .update(Buffer.from(await shown.arrayBuffer()))
        .digest("hex"),
    ).toBe(said.sha256);
  }, 300_000);

  test("that was accepted once is refused again, by its hash, before a byte is sent", async () => {
    await expect(send(film, await announce(film))).rejects.toThrow(/evidence.same_file/);
  }, 60_000);

  test("goes on after SIGKILL from what was acknowledged", async () => {
    film = Buffer.concat([film.subarray(0, FILM_BYTES - 32), randomBytes(32)]);
    const said = await announce(film);
    let isKilled = false;
    let durable = 0;
    const sending = send(film, said, (bytes) => {
      if (isKilled) return;
      durable = bytes;
      if (bytes > FILM_BYTES / 3) {
        isKilled = true;
        void system.serverProcess!.kill9().then(() => system.serverProcess!.restart());
      }
    });
    await vi.waitFor(() => expect(isKilled).toBe(true), { timeout: 60_000, interval: 5 });
    const after = await vi.waitFor(() => ask<Evidence>(`/api/evidence/${said.evidenceId}`), {
      timeout: 60_000,
    });
    expect(after.receivedBytes).toBeGreaterThanOrEqual(durable);
    await sending;
    const evidence = await judged(said.evidenceId);
    // The same film in all but its last bytes.
    expect(evidence).toMatchObject({ receivedBytes: FILM_BYTES, sha256: said.sha256, state: "refused" });
    expect(evidence.refusal!.code).toBe("evidence.same_picture");
  }, 300_000);
});
