import { createHash } from "node:crypto";
import type { AdaptationProfile, ModelLookUp } from "@hanyouxu/api";
import QRCode from "qrcode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BlobMissing } from "../src/blobs/blob-store.ts";
import { verifyAuditChain } from "../src/features/audit/audit.ts";
import { seedCatalogue } from "../src/features/machine-models/machine-models.ts";
import { startSweeps } from "../src/sweeps.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

const url = "/api/machine-models/pictures";
const place = "GPS 28.9000N 119.8000E";

/** A chunk of text behind the head of a PNG, as a camera's program writes it; its checksum is nobody's concern. */
function withPlace(png: Buffer): Buffer {
  const text = Buffer.from(`Comment\0${place}`, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([
    png.subarray(0, 33),
    length,
    Buffer.from("tEXt"),
    text,
    Buffer.alloc(4),
    png.subarray(33),
  ]);
}

/** The same with sides that no phone can draw. */
function withSide(png: Buffer, side: number): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(side, 16);
  return changed;
}

describe.each(engines)("pictures of a profile's steps on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let png: Buffer;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    app = firms.app;
    await seedCatalogue(app.ctx);
    png = await QRCode.toBuffer("where the relay sits");
  });
  afterAll(() => app?.close());
  const get = (who: Who | undefined, pictureKey: string) => firms.get(who, `${url}/${pictureKey}`);
  const add = (who: Who | undefined, bytes: Buffer) =>
    firms.post(who, url, { photo: bytes.toString("base64") });
  const added = async (bytes = png): Promise<string> => (await add("operator", bytes)).json().pictureKey;
  const present = async (): Promise<AdaptationProfile> => {
    const found: ModelLookUp = (
      await firms.get("operator", "/api/machine-models/lookup?model=ZX7-400")
    ).json();
    return found.profile!;
  };
  /** The next version of the profile with these pictures beside its first steps. */
  const save = async (...pictureKeys: unknown[]) => {
    const { profileKey, version, content } = await present();
    const steps = content.steps.map((step, index) => ({ ...step, pictureKey: pictureKeys[index] ?? null }));
    return await app.call("PUT", `/api/adaptation-profiles/${profileKey}`, {
      cookie: firms.cookies.operator,
      body: {
        basedOnVersion: version,
        content: { ...content, steps },
        proof: { kind: "desk" },
        reason: "演示配图",
      },
    });
  };

  test("are uploaded by who writes the catalogue", async () => {
    for (const who of ["welder", "installer", "officer", "station"] as const)
      expect(codeOf(await add(who, png))).toBe("403 role.forbidden");
    expect(codeOf(await add("unbound", png))).toBe("403 region.out_of_scope");
    expect(codeOf(await add(undefined, png))).toBe("401 sign_in.required");
    for (const who of ["operator", "regulator"] as const) {
      const response = await add(who, png);
      expect(response.statusCode).toBe(201);
      expect(response.json()).toEqual({ pictureKey: expect.any(String) });
    }
  });

  test("are whole JPEG, PNG or WebP of a size that a phone can draw; all else is refused with what to do", async () => {
    const wrong = {
      text: Buffer.from("GIF89a"),
      script: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
      torn: png.subarray(0, png.length - 20),
      large: Buffer.alloc(5 * 1024 * 1024 + 1),
      bomb: withSide(png, 60_000),
      nothing: Buffer.alloc(0),
    };
    for (const [name, bytes] of Object.entries(wrong)) {
      const response = await add("operator", bytes);
      expect([name, response.statusCode, fieldsOf(response)]).toEqual([name, 400, ["body.photo"]]);
    }
    const refused = await app.call("POST", url, {
      cookie: firms.cookies.operator,
      body: { photo: wrong.bomb.toString("base64") },
      headers: { "accept-language": "en" },
    });
    expect(refused.json().error.fields[0].message).toContain("8192");
    expect(fieldsOf(await firms.post("operator", url, { photo: "no base64!" }))).toEqual(["body.photo"]);
    expect(fieldsOf(await firms.post("operator", url, {}))).toEqual(["body.photo"]);
  });

  test("lose what the camera wrote, lie sealed, and who uploaded them is in the audit log", async () => {
    const pictureKey = await added(withPlace(png));
    const shown = await get("installer", pictureKey);
    expect(shown.rawPayload.equals(png)).toBe(true);
    expect(shown.rawPayload.includes(place)).toBe(false);
    const stored = Buffer.from(await app.ctx.blobs.get(pictureKey));
    expect(stored.includes("IHDR")).toBe(false);
    const sha256 = createHash("sha256").update(png).digest();
    const row = await app.ctx.db
      .selectFrom("model_pictures")
      .selectAll()
      .where("picture_id", "=", pictureKey)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ media_type: "image/png", size_bytes: png.length });
    expect(Buffer.from(row.sha256)).toEqual(sha256);
    const [told] = await app.ctx.db
      .selectFrom("audit_log")
      .select(["action", "details"])
      .where("subject", "=", `model-picture:${pictureKey}`)
      .orderBy("seq")
      .execute();
    expect(told).toMatchObject({
      action: "model_picture.uploaded",
      details: { sha256: sha256.toString("hex"), sizeBytes: png.length },
    });
    expect((await verifyAuditChain(app.ctx.db)).brokenAt).toBeUndefined();
  });

  test("are shown to whoever may read profiles, as what they are and for good", async () => {
    const pictureKey = await added();
    for (const who of ["installer", "officer", "station", "regulator", "operator"] as const) {
      const shown = await get(who, pictureKey);
      expect(shown.statusCode).toBe(200);
      expect(shown.headers).toMatchObject({
        "content-type": "image/png",
        "cache-control": "private, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
        "content-disposition": "inline",
      });
    }
    expect(codeOf(await get("welder", pictureKey))).toBe("403 role.forbidden");
    expect(codeOf(await get(undefined, pictureKey))).toBe("401 sign_in.required");
  });

  test("are all that is served: no other blob, no path, and a miss is not remembered", async () => {
    const ofAPerson = app.ctx.newId();
    await app.ctx.db
      .insertInto("blobs")
      .values({
        blob_id: ofAPerson,
        person_id: firms.own.welder.personId,
        kind: "portrait",
        media_type: "image/png",
        size_bytes: 1,
        key_ciphertext: app.ctx.personalData.seal("blob-key", "演示"),
        stored_at: new Date(app.clock.nowMs()),
      })
      .execute();
    for (const key of [ofAPerson, nobody]) {
      const missing = await get("operator", key);
      expect(codeOf(missing)).toBe("404 picture.not_found");
      expect(missing.headers["cache-control"]).toBe("no-store");
    }
    expect(fieldsOf(await get("operator", "..%2F..%2Fsecrets"))).toEqual(["params.pictureKey"]);
  });

  test("stand beside the steps of the version that names them; one that is not there is refused by its step", async () => {
    const [first, second] = [await added(), await added()];
    const saved: AdaptationProfile = (await save(first, second)).json();
    expect(saved.content.steps.slice(0, 3).map(({ pictureKey }) => pictureKey)).toEqual([
      first,
      second,
      null,
    ]);
    const before = await present();
    const refused = await save(first, nobody, second);
    expect(codeOf(refused)).toBe("400 request.invalid");
    expect(refused.json().error.fields).toEqual([
      { path: "body.content.steps.1.pictureKey", message: expect.stringContaining("第 2 步") },
    ]);
    expect(fieldsOf(await save("演示.png"))).toEqual(["body.content.steps.0.pictureKey"]);
    expect(await present()).toEqual(before);
    // The same picture twice is one picture.
    expect((await save(second, second)).statusCode).toBe(200);
  });

  test("that no version shows are forgotten after a day; those of older versions stay", async () => {
    const { db } = app.ctx;
    const [kept, dropped] = [await added(), await added()];
    expect((await save(kept)).statusCode).toBe(200);
    expect((await save()).statusCode).toBe(200);
    const there = async () => (await db.selectFrom("model_pictures").select("picture_id").execute()).length;
    const before = await there();
    const sweeps = startSweeps(app.ctx);
    const pass = async (ms: number) => {
      app.clock.advance(ms);
      await sweeps.settled();
    };
    await pass(23 * 3_600_000);
    expect(await there()).toBe(before);
    await pass(3_600_000);
    await pass(600_000);
    await sweeps.stop();
    const left = await db.selectFrom("model_pictures").select("picture_id").execute();
    const used = await db.selectFrom("adaptation_profile_pictures").select("picture_id").distinct().execute();
    const ids = (rows: { picture_id: string }[]) => rows.map(({ picture_id }) => picture_id).sort();
    expect(ids(left)).toEqual(ids(used));
    expect(ids(left)).toContain(kept);
    expect((await app.ctx.blobs.get(kept)).length).toBeGreaterThan(png.length);
    await expect(app.ctx.blobs.get(dropped)).rejects.toBeInstanceOf(BlobMissing);
  });
});
