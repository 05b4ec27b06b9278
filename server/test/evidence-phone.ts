import { createHash, randomUUID } from "node:crypto";
import type { EvidenceChallenge, NewEvidence } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { checkDueEvidence } from "../src/features/evidence/evidence.ts";
import { startSession } from "../src/features/sign-in/session.ts";
import { here } from "./county.ts";
import type { TestPlatform } from "./platform.ts";

export const tus = { "tus-resumable": "1.0.0" };

/** Upload-Metadata of an announcement. */
export function metadata(said: object): string {
  return `evidence ${Buffer.from(JSON.stringify(said)).toString("base64")}`;
}

/** A phone of one person that takes pictures for one subject, by the routes alone. */
export class EvidencePhone {
  readonly #app: TestPlatform;
  cookie: string;
  readonly subject: Pick<NewEvidence, "purpose" | "subjectId">;

  constructor(
    app: TestPlatform,
    cookie: string,
    subjectId: string,
    purpose: NewEvidence["purpose"] = "work",
  ) {
    this.#app = app;
    this.cookie = cookie;
    this.subject = { purpose, subjectId };
  }

  /** Signs in anew: a sign-in ends sooner than what is tested here. */
  async signInAgain(personId: PersonId): Promise<void> {
    const device = { userAgent: "test", address: "127.0.0.1" };
    const { ctx } = this.#app;
    const { token } = await ctx.db
      .transaction()
      .execute((tx) => startSession(ctx, tx, personId, "phone", device));
    this.cookie = `hy_session=${token}`;
  }

  askChallenge() {
    return this.#app.call("POST", "/api/evidence-challenges", { cookie: this.cookie, body: this.subject });
  }

  async challenge(): Promise<EvidenceChallenge> {
    const response = await this.askChallenge();
    if (response.statusCode !== 201) throw new Error(response.body);
    return response.json();
  }

  /** What an honest phone says of a picture that it takes now. */
  async say(bytes: Uint8Array, instead: Partial<NewEvidence> = {}): Promise<NewEvidence> {
    return {
      evidenceId: randomUUID(),
      ...this.subject,
      kind: "photo",
      source: "camera",
      challengeId: instead.challengeId === undefined ? (await this.challenge()).challengeId : null,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      takenAt: new Date(this.#app.clock.nowMs()).toISOString(),
      position: here,
      coveredSectors: [0, 1, 2],
      ...instead,
    };
  }

  announce(said: object, sizeBytes: number) {
    return this.#app.call("POST", "/api/evidence", {
      cookie: this.cookie,
      headers: { ...tus, "upload-length": String(sizeBytes), "upload-metadata": metadata(said) },
    });
  }

  append(evidenceId: string, offset: number, bytes: Uint8Array) {
    return this.#app.call("PATCH", `/api/evidence/${evidenceId}`, {
      cookie: this.cookie,
      headers: { ...tus, "upload-offset": String(offset), "content-type": "application/offset+octet-stream" },
      body: Buffer.from(bytes),
    });
  }

  async state(evidenceId: string) {
    return (await this.#app.call("GET", `/api/evidence/${evidenceId}`, { cookie: this.cookie })).json();
  }

  /** Announces, sends all, has it checked: the evidence's id and what became of it. */
  async hand(
    bytes: Uint8Array,
    instead: Partial<NewEvidence> = {},
  ): Promise<{ evidenceId: string; became: string }> {
    const said = await this.say(bytes, instead);
    const created = await this.announce(said, bytes.length);
    if (created.statusCode !== 201) return { evidenceId: said.evidenceId, became: created.json().error.code };
    const sent = await this.append(said.evidenceId, 0, bytes);
    if (sent.statusCode !== 204) return { evidenceId: said.evidenceId, became: sent.json().error.code };
    await checkDueEvidence(this.#app.ctx);
    const { state, refusal } = await this.state(said.evidenceId);
    return { evidenceId: said.evidenceId, became: refusal?.code ?? state };
  }
}
