import { randomBytes } from "node:crypto";
import { type AddressInfo, connect } from "node:net";
import { EVIDENCE_SEGMENT_BYTES, MAX_EVIDENCE_A_DAY, MAX_EVIDENCE_BYTES_A_DAY } from "@hanyouxu/api";
import type { EvidenceId } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { BlobMissing } from "../src/blobs/blob-store.ts";
import { checkDueEvidence, forgetEvidence } from "../src/features/evidence/evidence.ts";
import { engines } from "./database.ts";
import { EvidencePhone, metadata, tus } from "./evidence-phone.ts";
import { scenePhoto } from "./scene-pictures.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const hourMs = 3_600_000;
const segment = EVIDENCE_SEGMENT_BYTES;
let seed = 5_000;

describe.each(engines)("an upload of evidence on %s", (engine) => {
  let firms: TwoFirms;
  let phone: EvidencePhone;
  beforeAll(async () => {
    firms = await twoFirms(engine);
  });
  afterAll(() => firms?.app.close());
  beforeEach(async () => {
    firms.app.clock.advance(10_000);
    phone = new EvidencePhone(firms.app, firms.cookies.welder, firms.workSessionId);
    await phone.signInAgain(firms.own.welder.personId);
  });

  const head = (evidenceId: string, cookie = phone.cookie) =>
    firms.app.call("HEAD", `/api/evidence/${evidenceId}`, { cookie, headers: tus });
  const remove = (evidenceId: string, cookie = phone.cookie) =>
    firms.app.call("DELETE", `/api/evidence/${evidenceId}`, { cookie, headers: tus });
  /** Announces bytes of no meaning: what they are is looked at only when all are there. */
  const begin = async (sizeBytes: number) => {
    const bytes = randomBytes(sizeBytes);
    const said = await phone.say(bytes);
    const created = await phone.announce(said, sizeBytes);
    expect(created.statusCode).toBe(201);
    return { bytes, said, created, evidenceId: said.evidenceId };
  };

  test("speaks tus 1.0.0: created, asked for by HEAD, sent in parts", async () => {
    const size = 3 * segment + 1_000;
    const { bytes, evidenceId, created } = await begin(size);
    expect(created.headers).toMatchObject({
      location: `/api/evidence/${evidenceId}`,
      "tus-resumable": "1.0.0",
    });
    expect(Date.parse(String(created.headers["upload-expires"]))).toBe(firms.app.clock.nowMs() + 24 * hourMs);
    expect((await head(evidenceId)).headers).toMatchObject({
      "upload-offset": "0",
      "upload-length": String(size),
      "cache-control": "no-store",
    });
    const first = await phone.append(evidenceId, 0, bytes.subarray(0, 2 * segment));
    expect([first.statusCode, first.headers["upload-offset"]]).toEqual([204, String(2 * segment)]);
    expect((await head(evidenceId)).headers["upload-offset"]).toBe(String(2 * segment));
    expect((await phone.append(evidenceId, 2 * segment, bytes.subarray(2 * segment))).statusCode).toBe(204);
    expect(await phone.state(evidenceId)).toMatchObject({ state: "checking", receivedBytes: size });
    const capabilities = await firms.app.call("OPTIONS", "/api/evidence", {});
    expect(capabilities.headers["tus-extension"]).toBe("creation,expiration,termination");
  });

  test("goes on from the last whole segment when parts end within one", async () => {
    const { bytes, evidenceId } = await begin(3 * segment);
    const sent = await phone.append(evidenceId, 0, bytes.subarray(0, segment + 500));
    expect([sent.statusCode, sent.headers["upload-offset"]]).toEqual([204, String(segment)]);
    expect((await phone.append(evidenceId, segment, bytes.subarray(segment))).statusCode).toBe(204);
  });

  test("refuses a wrong offset, too little, too much, another version or type", async () => {
    const { bytes, evidenceId } = await begin(2 * segment);
    const conflict = await phone.append(evidenceId, segment, bytes.subarray(segment));
    expect(codeOf(conflict)).toBe("409 evidence.offset_conflict");
    expect(conflict.json().error.details).toEqual({ offset: 0 });
    expect(codeOf(await phone.append(evidenceId, 0, bytes.subarray(0, 100)))).toBe(
      "409 evidence.chunk_too_small",
    );
    const more = Buffer.concat([bytes, Buffer.from("x")]);
    expect(codeOf(await phone.append(evidenceId, 0, more))).toBe("413 evidence.too_many_bytes");
    const patch = (headers: Record<string, string>) =>
      firms.app.call("PATCH", `/api/evidence/${evidenceId}`, { cookie: phone.cookie, headers, body: bytes });
    const type = { "content-type": "application/offset+octet-stream" };
    expect(codeOf(await patch({ ...type, "upload-offset": "0" }))).toBe("412 request.tus_version");
    expect(codeOf(await patch({ ...tus, "upload-offset": "0", "content-type": "video/mp4" }))).toBe(
      "415 request.type_unsupported",
    );
    const unnumbered = await patch({ ...tus, ...type, "upload-offset": "minus one" });
    expect(fieldsOf(unnumbered)).toEqual(["headers.upload-offset"]);
  });

  test("is the same upload when it is announced again after a lost answer", async () => {
    const { bytes, said, evidenceId } = await begin(2 * segment);
    await phone.append(evidenceId, 0, bytes.subarray(0, segment));
    const again = await phone.announce(said, bytes.length);
    expect([again.statusCode, again.json().receivedBytes]).toEqual([201, segment]);
    const twice = await Promise.all([phone.announce(said, bytes.length), phone.announce(said, bytes.length)]);
    expect(twice.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
  });

  test("is nobody else's to see, to continue or to take back", async () => {
    const { bytes, evidenceId } = await begin(segment);
    const other = firms.cookies.otherWelder;
    expect((await head(evidenceId, other)).statusCode).toBe(404);
    const foreign = new EvidencePhone(firms.app, other, firms.workSessionId);
    expect(codeOf(await foreign.append(evidenceId, 0, bytes))).toBe("404 evidence.not_found");
    expect(codeOf(await remove(evidenceId, other))).toBe("404 evidence.not_found");
  });

  test("says which part of the announcement is wrong", async () => {
    const said = await phone.say(randomBytes(9));
    const wrong = await phone.announce({ ...said, sha256: "x", takenAt: "yesterday" }, 1_000);
    expect([wrong.statusCode, ...fieldsOf(wrong)]).toEqual([400, "evidence.sha256", "evidence.takenAt"]);
    const send = (headers: Record<string, string>) =>
      firms.app.call("POST", "/api/evidence", { cookie: phone.cookie, headers: { ...tus, ...headers } });
    expect(fieldsOf(await send({ "upload-length": "0", "upload-metadata": metadata(said) }))).toEqual([
      "headers.upload-length",
    ]);
    expect(fieldsOf(await send({ "upload-length": "9", "upload-metadata": "name ZmlsZQ==" }))).toEqual([
      "headers.upload-metadata",
    ]);
    expect(codeOf(await firms.app.call("POST", "/api/evidence", { cookie: phone.cookie }))).toBe(
      "412 request.tus_version",
    );
  });

  test("is for who works there, while the work goes on, and for what there is", async () => {
    const asWho = (cookie: string, subjectId = firms.workSessionId as string, purpose = "work") =>
      firms.app.call("POST", "/api/evidence-challenges", { cookie, body: { purpose, subjectId } });
    expect(codeOf(await asWho(firms.cookies.otherWelder))).toBe("403 role.forbidden");
    expect(codeOf(await asWho(firms.cookies.otherRegulator))).toBe("403 region.out_of_scope");
    expect(codeOf(await asWho(firms.cookies.regulator))).toBe("409 evidence.subject_closed");
    expect(codeOf(await asWho(phone.cookie, nobody))).toBe("404 work_session.not_found");
    expect(codeOf(await asWho(phone.cookie, nobody, "station"))).toBe("404 evidence.subject_not_found");
    const wrong = await asWho(phone.cookie, "x", "holiday");
    expect([wrong.statusCode, ...fieldsOf(wrong)]).toEqual([400, "body.purpose", "body.subjectId"]);
    expect(codeOf(await firms.app.call("POST", "/api/evidence-challenges", { body: phone.subject }))).toBe(
      "401 sign_in.required",
    );
  });

  test("keeps what came when the link breaks, and takes the rest later", async () => {
    const size = 40 * segment;
    const { bytes, evidenceId } = await begin(size);
    await firms.app.http.listen({ host: "127.0.0.1", port: 0 });
    const { port } = firms.app.http.server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write(
      `PATCH /api/evidence/${evidenceId} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${phone.cookie}\r\n` +
        `tus-resumable: 1.0.0\r\nupload-offset: 0\r\ncontent-type: application/offset+octet-stream\r\n` +
        `content-length: ${size}\r\n\r\n`,
    );
    socket.write(bytes.subarray(0, 20 * segment + 77), () => socket.destroy());
    const offset = await vi.waitFor(async () => {
      const { receivedBytes } = await phone.state(evidenceId);
      expect(receivedBytes).toBeGreaterThanOrEqual(16 * segment);
      return Number(receivedBytes);
    });
    expect(offset % segment).toBe(0);
    // A request that is still ending is overtaken by the next.
    await vi.waitFor(async () => {
      const { receivedBytes } = await phone.state(evidenceId);
      expect((await phone.append(evidenceId, receivedBytes, bytes.subarray(receivedBytes))).statusCode).toBe(
        204,
      );
    });
    expect(await phone.state(evidenceId)).toMatchObject({ state: "checking", receivedBytes: size });
  });

  test("tells a phone that sends too much so, over a real socket", async () => {
    const { bytes, evidenceId } = await begin(2 * segment);
    if (!firms.app.http.server.listening) await firms.app.http.listen({ host: "127.0.0.1", port: 0 });
    const { port } = firms.app.http.server.address() as AddressInfo;
    const refused = await fetch(`http://127.0.0.1:${port}/api/evidence/${evidenceId}`, {
      method: "PATCH",
      headers: {
        ...tus,
        cookie: phone.cookie,
        "upload-offset": "0",
        "content-type": "application/offset+octet-stream",
      },
      body: Buffer.concat([bytes, randomBytes(4 * 1024 * 1024)]),
    });
    expect(refused.status).toBe(413);
    expect(((await refused.json()) as { error: { code: string } }).error.code).toBe(
      "evidence.too_many_bytes",
    );
  });

  test("of two requests at once the later writes, and nothing is taken twice", async () => {
    const size = 8 * segment;
    const { bytes, evidenceId } = await begin(size);
    const both = await Promise.all([phone.append(evidenceId, 0, bytes), phone.append(evidenceId, 0, bytes)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
    expect((await phone.state(evidenceId)).receivedBytes).toBe(size);
    expect(codeOf(await phone.append(evidenceId, size, Buffer.alloc(1)))).toBe("409 evidence.upload_ended");
  });

  test("can be taken back until something rests on it; its bytes go with it", async () => {
    const { bytes, evidenceId } = await begin(2 * segment);
    await phone.append(evidenceId, 0, bytes.subarray(0, segment));
    expect((await remove(evidenceId)).statusCode).toBe(204);
    expect((await head(evidenceId)).statusCode).toBe(404);
    await expect(firms.app.ctx.blobs.get(evidenceId)).rejects.toBeInstanceOf(BlobMissing);
    const kept = await phone.hand(await scenePhoto(seed++));
    expect(codeOf(await remove(kept.evidenceId))).toBe("409 evidence.in_use");
  });

  test("that is not finished within a day is void, and forgotten with its bytes", async () => {
    const { bytes, evidenceId } = await begin(2 * segment);
    await phone.append(evidenceId, 0, bytes.subarray(0, segment));
    const refused = await phone.hand(randomBytes(segment));
    expect(refused.became).toBe("evidence.type_refused");
    const { ctx, clock } = firms.app;
    clock.advance(24 * hourMs - 1);
    await phone.signInAgain(firms.own.welder.personId);
    await forgetEvidence(ctx);
    expect((await head(evidenceId)).statusCode).toBe(200);
    clock.advance(1);
    expect(codeOf(await phone.append(evidenceId, segment, bytes.subarray(segment)))).toBe(
      "410 evidence.upload_expired",
    );
    await forgetEvidence(ctx);
    expect((await head(evidenceId)).statusCode).toBe(404);
    await expect(ctx.blobs.get(evidenceId)).rejects.toBeInstanceOf(BlobMissing);
    expect((await head(refused.evidenceId)).statusCode).toBe(200);
    clock.advance(6 * 24 * hourMs);
    await phone.signInAgain(firms.own.welder.personId);
    await forgetEvidence(ctx);
    expect((await head(refused.evidenceId)).statusCode).toBe(404);
  });

  test("is refused beyond what a day allows, until the day is over", async () => {
    const { ctx, clock } = firms.app;
    clock.advance(25 * hourMs);
    await phone.signInAgain(firms.own.welder.personId);
    const { evidenceId } = await begin(10);
    await sql`
      insert into evidence (evidence_id, purpose, subject_id, person_id, kind, source, state, size_bytes, taken_at,
        created_at, upload_expires_at)
      select gen_random_uuid(), purpose, subject_id, person_id, kind, source, state, size_bytes, taken_at, created_at,
        upload_expires_at
      from evidence cross join generate_series(2, ${MAX_EVIDENCE_A_DAY}::int) where evidence_id = ${evidenceId}`.execute(
      ctx.db,
    );
    const said = await phone.say(randomBytes(9));
    expect(codeOf(await phone.announce(said, 10))).toBe("429 evidence.daily_limit");
    clock.advance(24 * hourMs);
    await phone.signInAgain(firms.own.welder.personId);
    const large = await begin(10);
    await ctx.db
      .updateTable("evidence")
      .set({ size_bytes: MAX_EVIDENCE_BYTES_A_DAY })
      .where("evidence_id", "=", large.evidenceId as EvidenceId)
      .execute();
    expect(codeOf(await phone.announce(await phone.say(randomBytes(9)), 10))).toBe(
      "429 evidence.daily_limit",
    );
  });

  test("whose server died while checking it is checked again, and given up after five deaths", async () => {
    const { ctx, clock } = firms.app;
    clock.advance(25 * hourMs);
    await phone.signInAgain(firms.own.welder.personId);
    const bytes = await scenePhoto(seed++);
    const said = await phone.say(bytes);
    await phone.announce(said, bytes.length);
    await phone.append(said.evidenceId, 0, bytes);
    const claim = { check_due_at: new Date(clock.nowMs() + 5 * 60_000), check_tries: 1 };
    const changed = () =>
      ctx.db.updateTable("evidence").where("evidence_id", "=", said.evidenceId as EvidenceId);
    await changed().set(claim).execute();
    await checkDueEvidence(ctx);
    expect((await phone.state(said.evidenceId)).state).toBe("checking");
    clock.advance(6 * 60_000);
    await changed().set({ check_tries: 5 }).execute();
    await checkDueEvidence(ctx);
    expect((await phone.state(said.evidenceId)).refusal.code).toBe("evidence.unreadable");
  });
});
