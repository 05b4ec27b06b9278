import type { EvidenceId, PersonId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../src/errors.ts";
import {
  type EvidenceNeeded,
  evidenceOf,
  forgetEvidence,
  openEvidence,
  requireEvidence,
} from "../src/features/evidence/evidence.ts";
import { erase } from "../src/features/personal-data/erase.ts";
import { here } from "./county.ts";
import { engines } from "./database.ts";
import { EvidencePhone } from "./evidence-phone.ts";
import { film, scenePhoto } from "./scene-pictures.ts";
import { codeOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const dayMs = 24 * 3_600_000;
let seed = 9_000;

describe.each(engines)("accepted evidence on %s", (engine) => {
  let firms: TwoFirms;
  let phone: EvidencePhone;
  let evidenceId: string;
  let personId: PersonId;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    personId = firms.own.welder.personId;
  });
  afterAll(() => firms?.app.close());
  beforeEach(async () => {
    firms.app.clock.advance(30 * 60_000);
    phone = new EvidencePhone(firms.app, firms.cookies.welder, firms.workSessionId);
    await phone.signInAgain(personId);
    ({ evidenceId } = await phone.hand(await scenePhoto(seed++)));
  });

  const needed = (): EvidenceNeeded => ({
    personId,
    purpose: "work",
    subjectId: firms.workSessionId,
    notBeforeMs: firms.app.clock.nowMs() - 1_000,
  });
  const take = (ids: readonly string[], instead: Partial<EvidenceNeeded> = {}) =>
    firms.app.ctx.db
      .transaction()
      .execute((tx) => requireEvidence(firms.app.ctx, tx, ids, { ...needed(), ...instead }));
  const refusal = async (ids: readonly string[], instead: Partial<EvidenceNeeded> = {}) => {
    const error = await take(ids, instead).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof AppError)) throw new Error(`no refusal: ${error}`);
    return [error.code, error.details];
  };
  const changed = () =>
    firms.app.ctx.db.updateTable("evidence").where("evidence_id", "=", evidenceId as EvidenceId);

  describe("as what a record rests on", () => {
    test("is given with what was demanded", async () => {
      const [row] = await take([evidenceId, evidenceId]);
      expect(row).toMatchObject({ evidence_id: evidenceId, kind: "photo" });
      expect(row!.digits).toMatch(/^\d{4}$/);
    });

    test("is refused, named, when it is somebody else's, for another purpose or subject, or not there", async () => {
      const details = { evidenceId };
      expect(await refusal([evidenceId], { personId: nobody as PersonId })).toEqual([
        "evidence.not_yours",
        details,
      ]);
      expect(await refusal([evidenceId], { purpose: "scene" })).toEqual(["evidence.not_yours", details]);
      expect(await refusal([evidenceId], { subjectId: nobody })).toEqual(["evidence.not_yours", details]);
      expect(await refusal([evidenceId, nobody])).toEqual(["evidence.not_found", { evidenceId: nobody }]);
    });

    test("is refused when it is not whole, was refused or is too old", async () => {
      await changed().set({ state: "checking" }).execute();
      expect(await refusal([evidenceId])).toEqual(["evidence.not_ready", { evidenceId }]);
      await changed().set({ state: "refused", refusal: "evidence.altered" }).execute();
      expect(await refusal([evidenceId])).toEqual([
        "evidence.was_refused",
        { evidenceId, refusal: "evidence.altered" },
      ]);
      await changed().set({ state: "accepted", refusal: null }).execute();
      const later = { notBeforeMs: firms.app.clock.nowMs() + 1 };
      expect(await refusal([evidenceId], later)).toEqual(["evidence.taken_too_early", { evidenceId }]);
    });

    test("is refused when it was taken elsewhere or nobody knows where", async () => {
      const near = (metres: number, northDegrees = 0) => ({
        near: { position: { ...here, latitudeDegrees: here.latitudeDegrees + northDegrees }, metres },
      });
      await take([evidenceId], near(50));
      const [code, details] = await refusal([evidenceId], near(50, 0.001));
      expect([code, details]).toEqual(["evidence.too_far", { evidenceId, metres: 111 }]);
      await take([evidenceId], near(107, 0.001));

      const vague = { position: { ...here, accuracyMetres: 3_000 } };
      const wide = await phone.hand(await scenePhoto(seed++), vague);
      expect((await refusal([wide.evidenceId], near(50, 0.001)))[0]).toBe("evidence.too_far");
      const placeless = await phone.hand(await scenePhoto(seed++), { position: null });
      expect(await refusal([placeless.evidenceId], near(50))).toEqual([
        "evidence.position_missing",
        { evidenceId: placeless.evidenceId },
      ]);
      await take([placeless.evidenceId]);
    });
  });

  describe("looked at", () => {
    const list = (cookie: string) =>
      firms.app.call("GET", `/api/evidence?purpose=work&subjectId=${firms.workSessionId}`, { cookie });
    const content = (cookie: string, range?: string) =>
      firms.app.call("GET", `/api/evidence/${evidenceId}/content`, {
        cookie,
        headers: range ? { range } : {},
      });
    const preview = (cookie: string) =>
      firms.app.call("GET", `/api/evidence/${evidenceId}/preview`, { cookie });
    const readings = async (subject: string) =>
      await firms.app.ctx.db
        .selectFrom("audit_log")
        .select(["actor", "details"])
        .where("action", "=", "personal_data.read")
        .where("subject", "=", subject)
        .orderBy("seq")
        .execute();

    test("by who may see the subject shows what was demanded and where it was taken", async () => {
      const { evidence } = (await list(firms.cookies.regulator)).json();
      const item = evidence.find((it: { evidenceId: string }) => it.evidenceId === evidenceId);
      expect(item).toMatchObject({ state: "accepted", position: here, purpose: "work" });
      expect(item.demand).toMatch(/[a-z]+-/);
      const rows = await evidenceOf(firms.app.ctx.db, { purpose: "work", subjectId: firms.workSessionId });
      expect(rows.map(({ evidence_id }) => evidence_id)).toContain(evidenceId);
    });

    test("by the next county, a department that sees nobody or a stranger shows nothing", async () => {
      for (const look of [list, content, preview]) {
        expect(codeOf(await look(firms.cookies.otherRegulator))).toBe("403 region.out_of_scope");
        expect(codeOf(await look(firms.cookies.otherWelder))).toBe("403 role.forbidden");
        expect(codeOf(await look(firms.cookies.installer))).toBe("403 role.forbidden");
      }
      const { cookie } = await firms.app.signInAs("regulator", { region: "330723", department: "commerce" });
      expect((await content(cookie)).statusCode).toBe(403);
      expect(codeOf(await firms.app.call("GET", `/api/evidence/${evidenceId}/content`, {}))).toBe(
        "401 sign_in.required",
      );
      expect(codeOf(await firms.app.call("GET", "/api/evidence?purpose=work", phone))).toBe(
        "400 request.invalid",
      );
    });

    test("by another is written down once a reading, by oneself not", async () => {
      for (let n = 0; n < 3; n++)
        expect((await content(firms.cookies.regulator, `bytes=${n}-`)).statusCode).toBe(206);
      expect((await preview(firms.cookies.regulator)).headers["content-type"]).toBe("image/jpeg");
      expect((await content(phone.cookie)).statusCode).toBe(200);
      const entries = await readings(`evidence:${evidenceId}`);
      expect(entries.map(({ details }) => details.what)).toEqual(["evidence-content", "evidence-preview"]);
      firms.app.clock.advance(11 * 60_000);
      await content(firms.cookies.regulator);
      expect(await readings(`evidence:${evidenceId}`)).toHaveLength(3);
      expect((await readings(`work:${firms.workSessionId}`)).length).toBeGreaterThan(0);
    });

    test("gives any part of a film, and the whole as it came", async () => {
      const bytes = film("testsrc2=size=320x240:rate=10,noise=alls=60:allf=t", 3, "a.mp4", "-c:v", "libx264");
      expect(bytes.length).toBeGreaterThan(3 * 65_536);
      const handed = await phone.hand(bytes, { kind: "video" });
      expect(handed.became).toBe("accepted");
      evidenceId = handed.evidenceId;
      const whole = await content(phone.cookie);
      expect(whole.headers).toMatchObject({ "content-type": "video/mp4", "accept-ranges": "bytes" });
      expect(whole.rawPayload.equals(bytes)).toBe(true);
      const end = bytes.length;
      for (const [from, to, range] of [
        [0, 1, "bytes=0-0"],
        [65_530, 65_550, "bytes=65530-65549"],
        [131_072, end, "bytes=131072-"],
        [end - 10, end, "bytes=-10"],
        [end - 5, end, `bytes=${end - 5}-${end + 100}`],
      ] as const) {
        const part = await content(phone.cookie, range);
        expect(part.statusCode).toBe(206);
        expect(part.headers["content-range"]).toBe(`bytes ${from}-${to - 1}/${end}`);
        expect(part.rawPayload.equals(bytes.subarray(from, to)), range).toBe(true);
      }
      expect((await content(phone.cookie, `bytes=${end}-`)).statusCode).toBe(416);
      expect((await content(phone.cookie, "bytes=0-1,5-6")).statusCode).toBe(200);
    });
  });

  test("is kept for as long as the record; without one it is forgotten after a week", async () => {
    await changed().set({ used_at: null }).execute();
    const { evidenceId: used } = await phone.hand(await scenePhoto(seed++));
    await firms.app.ctx.db
      .updateTable("evidence")
      .set({ used_at: null })
      .where("evidence_id", "=", used as EvidenceId)
      .execute();
    await take([used]);
    firms.app.clock.advance(7 * dayMs);
    await forgetEvidence(firms.app.ctx);
    const there = await firms.app.ctx.db.selectFrom("evidence").select("evidence_id").execute();
    const ids = there.map(({ evidence_id }) => evidence_id as string);
    expect(ids).toContain(used);
    expect(ids).not.toContain(evidenceId);
  });

  test("of a person who is erased opens for nobody, and its files go", async () => {
    const { ctx } = firms.app;
    const blobIds = await ctx.db.transaction().execute((tx) => erase(ctx, tx, personId, ["identity"]));
    expect(blobIds).toContain(evidenceId);
    const row = await ctx.db
      .selectFrom("evidence")
      .select(["key_ciphertext", "position_ciphertext", "preview_key_ciphertext"])
      .where("evidence_id", "=", evidenceId as EvidenceId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ key_ciphertext: null, position_ciphertext: null, preview_key_ciphertext: null });
    await expect(openEvidence(ctx, evidenceId)).rejects.toMatchObject({ code: "evidence.not_found" });
  });
});
