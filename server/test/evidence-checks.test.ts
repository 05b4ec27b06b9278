import { randomUUID } from "node:crypto";
import { MAX_EVIDENCE_BYTES } from "@hanyouxu/api";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { evidencePreview, openEvidence } from "../src/features/evidence/evidence.ts";
import { engines } from "./database.ts";
import { EvidencePhone } from "./evidence-phone.ts";
import { film, filmOf, scene, scenePhoto } from "./scene-pictures.ts";
import { nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const minuteMs = 60_000;
let seed = 1_000;
const newScene = () => seed++;

describe.each(engines)("what is handed in as evidence on %s", (engine) => {
  let firms: TwoFirms;
  let phone: EvidencePhone;
  beforeAll(async () => {
    firms = await twoFirms(engine);
  });
  afterAll(() => firms?.app.close());
  beforeEach(() => {
    firms.app.clock.advance(10_000);
    phone = new EvidencePhone(firms.app, firms.cookies.welder, firms.workSessionId);
  });
  const now = () => firms.app.clock.nowMs();
  const at = (ms: number) => new Date(ms).toISOString();

  describe("a photo", () => {
    test("taken in the app is accepted, and kept sealed as it came", async () => {
      const bytes = await scenePhoto(newScene());
      const { evidenceId, became } = await phone.hand(bytes);
      expect(became).toBe("accepted");
      const state = await phone.state(evidenceId);
      expect(state).toMatchObject({
        mediaType: "image/jpeg",
        widthPixels: 640,
        heightPixels: 480,
        receivedBytes: bytes.length,
        coveredSectors: [0, 1, 2],
        refusal: null,
      });
      expect(state.digits).toMatch(/^\d{4}$/);
      const stored = await firms.app.ctx.blobs.get(evidenceId);
      expect(Buffer.from(stored).includes(bytes.subarray(100, 132))).toBe(false);
      const preview = await evidencePreview(firms.app.ctx, evidenceId);
      expect(await sharp(preview).metadata()).toMatchObject({ format: "jpeg", width: 640 });
    });

    test("is shown without what the camera wrote beside it", async () => {
      const picture = await scene(newScene());
      const exif = { IFD0: { Make: "DemoCamera", Copyright: "28.9N 119.8E" } };
      const bytes = await picture.jpeg().withExif(exif).toBuffer();
      expect(bytes.includes("28.9N 119.8E")).toBe(true);
      const { evidenceId, became } = await phone.hand(bytes);
      expect(became).toBe("accepted");
      const opened = await openEvidence(firms.app.ctx, evidenceId);
      const parts: Uint8Array[] = [];
      for await (const part of opened.read(0, opened.sizeBytes)) parts.push(part);
      const shown = Buffer.concat(parts);
      expect(shown.includes("28.9N 119.8E")).toBe(false);
      expect(shown.length).toBe(opened.sizeBytes);
      expect(await sharp(shown).metadata()).toMatchObject({ width: 640 });
    });

    test("in PNG and WebP is taken too", async () => {
      const png = await (await scene(newScene())).png().toBuffer();
      const webp = await (await scene(newScene())).webp().toBuffer();
      expect((await phone.hand(png)).became).toBe("accepted");
      expect((await phone.hand(webp)).became).toBe("accepted");
    });

    test("that is something else by its content is refused, whatever it is called", async () => {
      const script = Buffer.from(
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".repeat(9),
      );
      expect((await phone.hand(script)).became).toBe("evidence.type_refused");
      const gif = await (await scene(newScene())).gif().toBuffer();
      expect((await phone.hand(gif)).became).toBe("evidence.type_refused");
    });

    test("whose head promises more pixels than memory has is refused undecoded", async () => {
      const bomb = await sharp({
        create: { width: 12_000, height: 12_000, channels: 3, background: "#808080" },
        limitInputPixels: false,
      })
        .png({ compressionLevel: 9 })
        .toBuffer();
      expect(bomb.length).toBeLessThan(1_000_000);
      expect((await phone.hand(bomb)).became).toBe("evidence.too_many_pixels");
    });

    test("with half its pixels missing is refused", async () => {
      const png = await (await scene(newScene(), 1_200, 900)).png().toBuffer();
      png.fill(7, Math.floor(png.length / 3), Math.floor((2 * png.length) / 3));
      expect((await phone.hand(png)).became).toBe("evidence.unreadable");
    });

    test("of a covered lens is refused", async () => {
      const create = { width: 640, height: 480, channels: 3, background: "#050505" } as const;
      expect((await phone.hand(await sharp({ create }).jpeg().toBuffer())).became).toBe("evidence.no_detail");
    });

    test("that is not what the phone hashed is refused", async () => {
      const became = await phone.hand(await scenePhoto(newScene()), { sha256: "ab".repeat(32) });
      expect(became.became).toBe("evidence.altered");
    });
  });

  describe("cheating", () => {
    test("with a photo of yesterday, by what the camera wrote into it", async () => {
      const yesterday = { IFD2: { DateTimeOriginal: "2026:02:28 09:30:00" } };
      const bytes = await (await scene(newScene())).jpeg().withExif(yesterday).toBuffer();
      expect((await phone.hand(bytes)).became).toBe("evidence.recorded_time");
    });

    test("with a photo of before the challenge, by what the phone says", async () => {
      const { challengeId } = await phone.challenge();
      const bytes = await scenePhoto(newScene());
      const early = { challengeId, takenAt: at(now() - 1_000) };
      expect((await phone.hand(bytes, early)).became).toBe("evidence.taken_before_challenge");
    });

    test("with a photo of the future", async () => {
      const late = { takenAt: at(now() + 2 * minuteMs) };
      expect((await phone.hand(await scenePhoto(newScene()), late)).became).toBe("evidence.taken_in_future");
    });

    test("with the very file again", async () => {
      const bytes = await scenePhoto(newScene());
      expect((await phone.hand(bytes)).became).toBe("accepted");
      expect((await phone.hand(bytes)).became).toBe("evidence.same_file");
    });

    test("with the very file again, announced before the first was accepted", async () => {
      const bytes = await scenePhoto(newScene());
      const said = await phone.say(bytes);
      expect((await phone.announce(said, bytes.length)).statusCode).toBe(201);
      expect((await phone.hand(bytes)).became).toBe("accepted");
      await phone.append(said.evidenceId, 0, bytes);
      expect((await phone.hand(await scenePhoto(newScene()))).became).toBe("accepted");
      expect((await phone.state(said.evidenceId)).refusal.code).toBe("evidence.same_file");
    });

    test.each([
      ["saved at a lower quality", (it: Sharp) => it.jpeg({ quality: 30 })],
      ["made smaller", (it: Sharp) => it.resize(300).jpeg()],
      ["in another format", (it: Sharp) => it.webp({ quality: 60 })],
      ["made brighter", (it: Sharp) => it.modulate({ brightness: 1.25 }).jpeg()],
      [
        "with its edge cut off",
        (it: Sharp) => it.extract({ left: 6, top: 4, width: 628, height: 472 }).jpeg(),
      ],
      [
        "under another caption",
        (it: Sharp) => {
          const band = { create: { width: 640, height: 55, channels: 3, background: "#fff" } } as const;
          return it.composite([{ input: band, top: 425, left: 0 }]).jpeg();
        },
      ],
    ])("with the same picture %s", async (_how, change) => {
      const own = newScene();
      expect((await phone.hand(await scenePhoto(own))).became).toBe("accepted");
      const copy = await change(await scene(own)).toBuffer();
      expect((await phone.hand(copy)).became).toBe("evidence.same_picture");
    });

    test("not at all: other scenes are other pictures", async () => {
      for (let n = 0; n < 12; n++) {
        expect((await phone.hand(await scenePhoto(newScene()))).became).toBe("accepted");
      }
    });

    test("with a challenge that was answered, has expired, is somebody else's or another subject's", async () => {
      const photo = () => scenePhoto(newScene());
      const { challengeId } = await phone.challenge();
      expect((await phone.hand(await photo(), { challengeId })).became).toBe("accepted");
      expect((await phone.hand(await photo(), { challengeId })).became).toBe("evidence.challenge_used");

      const old = await phone.challenge();
      firms.app.clock.advance(11 * minuteMs);
      const expired = { challengeId: old.challengeId };
      expect((await phone.hand(await photo(), expired)).became).toBe("evidence.challenge_expired");

      for (const foreign of [randomUUID(), await othersChallenge(), await challengeOfOtherSubject()]) {
        expect((await phone.hand(await photo(), { challengeId: foreign })).became).toBe(
          "evidence.challenge_unknown",
        );
      }
    });

    const othersChallenge = async () => {
      const { challengeId } = await phone.challenge();
      const person = await firms.app.addPerson();
      await firms.app.ctx.db
        .updateTable("evidence_challenges")
        .set({ person_id: person })
        .where("challenge_id", "=", challengeId)
        .execute();
      return challengeId;
    };
    const challengeOfOtherSubject = async () => {
      const { challengeId } = await phone.challenge();
      await firms.app.ctx.db
        .updateTable("evidence_challenges")
        .set({ subject_id: nobody })
        .where("challenge_id", "=", challengeId)
        .execute();
      return challengeId;
    };

    test("with a file of the gallery where only the camera counts", async () => {
      const gallery = { source: "gallery", challengeId: null } as const;
      expect((await phone.hand(await scenePhoto(newScene()), gallery)).became).toBe(
        "evidence.gallery_forbidden",
      );
    });

    test("is written down with its reason", async () => {
      const { evidenceId } = await phone.hand(await scenePhoto(newScene()), { sha256: "cd".repeat(32) });
      const entry = await firms.app.ctx.db
        .selectFrom("audit_log")
        .select("details")
        .where("subject", "=", `evidence:${evidenceId}`)
        .orderBy("seq")
        .executeTakeFirstOrThrow();
      expect(entry.details).toMatchObject({ refusal: "evidence.altered", subjectId: firms.workSessionId });
    });
  });

  describe("a film", () => {
    const video = { kind: "video" } as const;

    test("in WebM or MP4 is accepted, with its length and a poster", async () => {
      const webm = film(
        "testsrc2=size=320x240:rate=10",
        4,
        "a.webm",
        "-c:v",
        "libvpx",
        "-deadline",
        "realtime",
      );
      const { evidenceId, became } = await phone.hand(webm, video);
      expect(became).toBe("accepted");
      expect(await phone.state(evidenceId)).toMatchObject({
        mediaType: "video/webm",
        widthPixels: 320,
        durationMs: 3_900,
      });
      expect(await sharp(await evidencePreview(firms.app.ctx, evidenceId)).metadata()).toMatchObject({
        width: 320,
      });
      const mp4 = film(
        "mandelbrot=size=320x240:rate=10",
        3,
        "a.mp4",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
      );
      expect((await phone.hand(mp4, video)).became).toBe("accepted");
    });

    test("that shows what an accepted film shows is refused, encoded anew or not", async () => {
      const source =
        "life=size=320x240:mold=10:rate=10:ratio=0.1:death_color=#C83232:life_color=#00ff00:seed=5";
      const first = film(source, 4, "a.mp4", "-c:v", "libx264", "-vf", "gblur=sigma=6");
      const again = film(
        source,
        4,
        "b.webm",
        "-c:v",
        "libvpx",
        "-b:v",
        "2M",
        "-vf",
        "gblur=sigma=6,scale=240:180",
      );
      expect((await phone.hand(first, video)).became).toBe("accepted");
      expect((await phone.hand(again, video)).became).toBe("evidence.same_picture");
    });

    test("made of one accepted photo is refused", async () => {
      const photo = newScene();
      expect((await phone.hand(await scenePhoto(photo))).became).toBe("accepted");
      const still = await filmOf(await scenePhoto(photo));
      expect((await phone.hand(still, video)).became).toBe("evidence.same_picture");
    });

    test("of more than three minutes is refused", async () => {
      const long = film(
        "testsrc=size=64x48:rate=1",
        200,
        "a.webm",
        "-c:v",
        "libvpx",
        "-deadline",
        "realtime",
      );
      expect((await phone.hand(long, video)).became).toBe("evidence.too_long");
    });

    test("finer than 4K is refused", async () => {
      const fine = film(
        "testsrc=size=5000x200:rate=2",
        1,
        "a.mp4",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
      );
      expect((await phone.hand(fine, video)).became).toBe("evidence.too_many_pixels");
    });

    test("that is sound, a list of addresses, another container or a broken one is refused", async () => {
      const list = Buffer.from("#EXTM3U\n#EXTINF:1,\nhttp://169.254.169.254/latest/meta-data\n".repeat(40));
      expect((await phone.hand(list, video)).became).toBe("evidence.type_refused");
      const avi = film("testsrc=size=64x48:rate=5", 1, "a.avi");
      expect((await phone.hand(avi, video)).became).toBe("evidence.type_refused");
      const broken = film("testsrc2=size=320x240:rate=10", 3, "b.mp4", "-c:v", "libx264");
      expect((await phone.hand(broken.subarray(0, broken.length / 2), video)).became).toBe(
        "evidence.unreadable",
      );
      const photo = await scenePhoto(newScene());
      expect((await phone.hand(photo, video)).became).toBe("evidence.type_refused");
    });

    test("is refused at once where ffmpeg is missing", async () => {
      const path = process.env.PATH;
      process.env.PATH = "/nowhere";
      try {
        const said = await phone.say(new Uint8Array(9), video);
        const refused = await phone.announce(said, 1_000);
        expect([refused.statusCode, refused.json().error.code]).toEqual([503, "evidence.video_unavailable"]);
      } finally {
        process.env.PATH = path;
      }
    });
  });

  test("an oversized file is refused before its first byte, in both languages", async () => {
    for (const kind of ["photo", "video"] as const) {
      const said = await phone.say(new Uint8Array(1), { kind });
      const refused = await phone.announce(said, MAX_EVIDENCE_BYTES[kind] + 1);
      expect(refused.statusCode).toBe(413);
      expect(refused.json().error).toMatchObject({ code: `evidence.${kind}_too_large` });
      expect(refused.json().error.message).toMatch(kind === "photo" ? /15 MB/ : /300 MB/);
    }
  });
});
