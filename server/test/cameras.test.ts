import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  askFrameDetector,
  endWatches,
  forgetPassingPictures,
  forgetPictures,
  makeDueClips,
} from "../src/features/cameras/cameras.ts";
import { httpDetector } from "../src/frame-detector/http-detector.ts";
import { lookAtVideo } from "../src/videos/look-at-video.ts";
import { asFile, CameraChip, jpeg } from "./camera-chip.ts";
import { county } from "./county.ts";
import { engines } from "./database.ts";
import { startDetector } from "./detector-server.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const DAY_MS = 86_400_000;
const reason = { reason: "演示：查看现场" };

describe.each(engines)("cameras on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let chip: CameraChip;
  let machineId: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    machineId = firms.own.machine.machineId;
    chip = new CameraChip(app, firms.own.machine.chip);
  });
  afterAll(() => app?.close());
  beforeEach(() => app.clock.advance(60_000));

  let regulatorCookie = "";
  /** Sign-ins end sooner than what is kept here. */
  const signInAgain = async () => {
    regulatorCookie = (await app.signInAs("regulator", { region: county })).cookie;
  };
  const asRegulator = (url: string) =>
    app.call("GET", url, { cookie: regulatorCookie || firms.cookieOf("regulator") });
  const recordsOf = async (url = `/api/machines/${machineId}/camera-records`) =>
    (await asRegulator(url)).json();
  const auditOf = async (action: string) =>
    await app.ctx.db
      .selectFrom("audit_log")
      .select(["actor", "subject", "details"])
      .where("action", "=", action)
      .orderBy("seq")
      .execute();

  const tamperRecordsUrl = async () => {
    const tampered = app.ctx.db.selectFrom("alarms").select("alarm_id").where("kind", "=", "tamper");
    return `/api/alarms/${(await tampered.executeTakeFirstOrThrow()).alarm_id}/camera-records`;
  };

  test("a chip's picture comes in parts, goes on after a cut, and is kept sealed", async () => {
    const bytes = await jpeg(1);
    const said = chip.chip.picture(chip.say(bytes, { workSessionId: firms.workSessionId }));
    const first = await chip.announce(said);
    expect(first.statusCode).toBe(201);
    const { pictureId, uploadToken, offset } = first.json();
    expect([offset, first.headers.location]).toEqual([0, `/api/chip-pictures/${pictureId}`]);
    const cut = await chip.append(pictureId, uploadToken, 0, bytes.subarray(0, 100));
    expect([cut.statusCode, cut.headers["upload-offset"]]).toEqual([204, "100"]);
    // The answer was lost: what is sent again is refused with where it stands.
    const again = await chip.append(pictureId, uploadToken, 0, bytes.subarray(0, 100));
    expect(codeOf(again)).toBe("409 camera.offset_conflict");
    expect(again.json().error.details).toEqual({ offset: 100 });
    const resumed = (await chip.announce(said)).json();
    expect(resumed).toMatchObject({ pictureId, state: "uploading", offset: 100 });
    // The token before it is void.
    const stale = await chip.append(pictureId, uploadToken, 100, bytes.subarray(100));
    expect(codeOf(stale)).toBe("401 camera.upload_untrusted");
    expect((await chip.append(pictureId, resumed.uploadToken, 100, bytes.subarray(100))).statusCode).toBe(
      204,
    );
    expect((await chip.announce(said)).json()).toMatchObject({
      pictureId,
      state: "stored",
      uploadToken: null,
    });
    const shown = await firms.get("officer", `/api/camera-pictures/${pictureId}/content`);
    expect([shown.statusCode, shown.headers["content-type"]]).toEqual([200, "image/jpeg"]);
    expect(new Uint8Array(shown.rawPayload)).toEqual(bytes);
    const row = await app.ctx.db
      .selectFrom("camera_pictures")
      .selectAll()
      .where("picture_id", "=", pictureId)
      .executeTakeFirstOrThrow();
    expect(row.work_session_id).toBe(firms.workSessionId);
    expect(
      Buffer.from(await app.ctx.blobs.get(row.blob_id!)).includes(Buffer.from(bytes.subarray(0, 20))),
    ).toBe(false);
    expect(
      await recordsOf(`/api/machines/${machineId}/camera-records?workSessionId=${firms.workSessionId}`),
    ).toEqual({
      pictures: [expect.objectContaining({ pictureId, purpose: "interval", detectionState: "not-asked" })],
      clips: [],
    });
  });

  test("what no chip of ours has signed, or is not what it announced, is refused", async () => {
    const bytes = await jpeg(2);
    const said = chip.say(bytes);
    const { chip: voice } = chip;
    expect(codeOf(await chip.announce(voice.picture(said, { isForged: true })))).toBe(
      "401 camera.announcement_untrusted",
    );
    expect(codeOf(await chip.announce(voice.picture(said), firms.foreign.machine.chip.chipId))).toBe(
      "401 camera.announcement_untrusted",
    );
    expect(codeOf(await chip.announce(voice.picture(said), "nochip"))).toBe(
      "401 camera.announcement_untrusted",
    );
    expect(codeOf(await chip.announce(Uint8Array.of(1, 2, 3)))).toBe("400 camera.announcement_invalid");
    expect((await app.call("POST", "/api/chip-pictures", { body: {} })).statusCode).toBe(415);
    const { pictureId, uploadToken } = (await chip.announce(voice.picture(said))).json();
    const url = `/api/chip-pictures/${pictureId}`;
    expect(
      codeOf(await app.call("PATCH", url, { body: {}, headers: { "tus-resumable": "1.0.0" } })),
    ).toContain("415");
    expect(codeOf(await app.call("PATCH", url, { body: {} }))).toBe("412 request.tus_version");
    expect(codeOf(await chip.append(pictureId, "stranger", 0, bytes))).toBe("401 camera.upload_untrusted");
    expect(codeOf(await chip.append(nobody, uploadToken, 0, bytes))).toBe("401 camera.upload_untrusted");
    expect(
      codeOf(await chip.append(pictureId, uploadToken, 0, (await jpeg(3)).subarray(0, bytes.length))),
    ).toContain("422");
    // The same number for other bytes is no word to be believed.
    const other = voice.picture({ ...said, sha256: "ab".repeat(32) });
    expect(codeOf(await chip.announce(other))).toBe("400 camera.announcement_invalid");
  });

  test("pictures are for who sees people there, and each reading is written down once in a while", async () => {
    const pictureId = await chip.send(await jpeg(4));
    const { cameras } = (await firms.get("regulator", `/api/machines/${machineId}/cameras`)).json();
    expect(cameras).toEqual([
      { cameraId: expect.any(String), number: 0, name: null, lastTakenAt: expect.any(String), watchers: 0 },
    ]);
    const { cameraId } = cameras[0];
    const urls = [
      `/api/machines/${machineId}/cameras`,
      `/api/machines/${machineId}/camera-records`,
      `/api/camera-pictures/${pictureId}/content`,
    ];
    for (const url of urls) {
      expect(codeOf(await firms.get(undefined, url))).toBe("401 sign_in.required");
      for (const who of ["welder", "installer"] as const)
        expect(codeOf(await firms.get(who, url))).toBe("403 role.forbidden");
      for (const who of ["otherOfficer", "otherRegulator"] as const)
        expect(codeOf(await firms.get(who, url))).toBe("403 region.out_of_scope");
      expect((await firms.get("regulator", url.replace(/[0-9a-f-]{36}/, "x"))).statusCode).toBe(400);
    }
    const before = (await auditOf("personal_data.read")).length;
    for (let time = 0; time < 3; time++) await firms.get("regulator", urls[2]!);
    const read = (await auditOf("personal_data.read")).slice(before);
    expect(read.map(({ subject, details }) => [subject, details])).toEqual([
      [`machine:${machineId}`, { what: "camera-pictures", count: 1 }],
    ]);
    const named = (who: Parameters<TwoFirms["cookieOf"]>[0], body: object) =>
      app.call("PUT", `/api/cameras/${cameraId}`, { cookie: firms.cookieOf(who), body });
    expect(fieldsOf(await named("officer", { name: " " }))).toEqual(["body.name"]);
    expect(codeOf(await named("otherOfficer", { name: "别处" }))).toBe("403 region.out_of_scope");
    expect((await named("officer", { name: "演示机位" })).statusCode).toBe(204);
    expect((await recordsOf()).pictures[0]).toMatchObject({ cameraName: "演示机位" });
  });

  test("a picture is asked of the chip, with a reason", async () => {
    const url = `/api/machines/${machineId}/picture-requests`;
    expect(fieldsOf(await firms.post("regulator", url, { reason: " " }))).toEqual(["body.reason"]);
    expect(codeOf(await firms.post("otherRegulator", url, reason))).toBe("403 region.out_of_scope");
    const asked = await firms.post("station", url, { ...reason, cameraNumber: 1 });
    expect(asked.statusCode).toBe(202);
    const command = app.lastCommandTo(chip.chip, "picture-request");
    expect([command.camera, asked.json().commandId]).toEqual([1, command.commandId]);
    expect((await auditOf("camera.picture_requested")).at(-1)!.details).toEqual({
      ...reason,
      cameraNumber: 1,
    });
    await chip.send(await jpeg(5), { purpose: "request", commandId: command.commandId, camera: 1 });
    expect((await recordsOf()).pictures[0]).toMatchObject({ purpose: "request", cameraNumber: 1 });
  });

  test("an alarm shows the moment and a clip of before and after, and holds them while it is open", async () => {
    const { chip: voice } = chip;
    await app.say(voice.event("tamper", { raised: true }));
    const eventSeq = voice.seq;
    const alarmPicture = await chip.send(await jpeg(6), { purpose: "alarm", eventSeq });
    for (let index = 0; index < 4; index++) {
      await chip.send(await jpeg(10 + index), { purpose: "clip", eventSeq });
      app.clock.advance(1_000);
    }
    const url = await tamperRecordsUrl();
    expect(await makeDueClips(app.ctx)).toBe(0);
    app.clock.advance(16_000);
    expect(await makeDueClips(app.ctx)).toBe(1);
    const shown = await recordsOf(url);
    expect(shown.pictures.map((picture: { pictureId: string }) => picture.pictureId)).toContain(alarmPicture);
    expect(shown.clips).toMatchObject([{ pictureCount: 4, cameraNumber: 0 }]);
    const clipUrl = `/api/camera-clips/${shown.clips[0].clipId}/content`;
    const film = await firms.get("station", clipUrl);
    expect([film.statusCode, film.headers["content-type"]]).toEqual([200, "video/mp4"]);
    expect(film.rawPayload.subarray(4, 8).toString("latin1")).toBe("ftyp");
    const seen = await lookAtVideo(asFile(film.rawPayload), "loopback");
    // Four pictures a second apart, each for a second.
    expect(seen).toMatchObject({ mediaType: "video/mp4", widthPixels: 64, durationMs: 3_800 });
    const cookie = firms.cookieOf("station");
    const part = await app.call("GET", clipUrl, { cookie, headers: { range: "bytes=4-7" } });
    expect([part.statusCode, part.body]).toEqual([206, "ftyp"]);
    expect(codeOf(await firms.get("otherRegulator", url))).toBe("404 alarm.not_found");
    expect(codeOf(await firms.get("otherRegulator", clipUrl))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.get("regulator", `/api/camera-clips/${nobody}/content`))).toContain("404");
    // A picture that comes late makes the clip anew.
    await chip.send(await jpeg(20), { purpose: "clip", eventSeq });
    app.clock.advance(16_000);
    expect(await makeDueClips(app.ctx)).toBe(1);
    const renewed = await recordsOf(url);
    expect(renewed.clips).toMatchObject([{ clipId: shown.clips[0].clipId, pictureCount: 5 }]);
    expect(await makeDueClips(app.ctx)).toBe(0);
  });

  test("who watches is written down before the first picture, sees the newest, and is not watched for when gone", async () => {
    const [camera] = (await firms.get("regulator", `/api/machines/${machineId}/cameras`)).json().cameras;
    const url = `/api/cameras/${camera.cameraId}/watches`;
    expect(fieldsOf(await firms.post("regulator", url, {}))).toEqual(["body.reason"]);
    expect(codeOf(await firms.post("otherRegulator", url, reason))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.post("regulator", `/api/cameras/${nobody}/watches`, reason))).toBe(
      "404 camera.not_found",
    );
    const { watchId, endsAt } = (await firms.post("regulator", url, reason)).json();
    expect(Date.parse(endsAt) - app.clock.nowMs()).toBe(300_000);
    expect((await auditOf("camera.watched")).at(-1)!.details).toEqual({
      watchId,
      cameraNumber: 0,
      ...reason,
    });
    expect(app.lastCommandTo(chip.chip, "camera-watch")).toMatchObject({ camera: 0, seconds: 20 });
    const frame = (after = "", who: "regulator" | "station" = "regulator") =>
      firms.get(who, `/api/camera-watches/${watchId}/frame${after && `?after=${after}`}`);
    expect((await frame()).statusCode).toBe(204);
    expect(codeOf(await frame("", "station"))).toBe("404 camera.watch_not_found");
    const bytes = await jpeg(40);
    const pictureId = await chip.send(bytes, { purpose: "live" });
    const seen = await frame();
    expect([seen.statusCode, seen.headers["hy-picture-id"]]).toEqual([200, pictureId]);
    expect(new Uint8Array(seen.rawPayload)).toEqual(bytes);
    expect((await frame(pictureId)).statusCode).toBe(204);
    // It is nobody's record.
    expect((await firms.get("regulator", `/api/camera-pictures/${pictureId}/content`)).statusCode).toBe(404);
    const { cameras } = (await firms.get("officer", `/api/machines/${machineId}/cameras`)).json();
    expect(cameras[0].watchers).toBe(1);
    const told = () => app.commandsTo(chip.chip).filter(({ kind }) => kind === "camera-watch").length;
    const before = told();
    app.clock.advance(11_000);
    await frame();
    expect(told()).toBe(before + 1);
    app.clock.advance(16_000);
    expect(codeOf(await frame())).toBe("409 camera.watch_over");
    await endWatches(app.ctx);
    const second = (await firms.post("regulator", url, reason)).json();
    expect(
      (
        await app.call("DELETE", `/api/camera-watches/${second.watchId}`, {
          cookie: firms.cookieOf("regulator"),
        })
      ).statusCode,
    ).toBe(204);
    expect(app.lastCommandTo(chip.chip, "camera-watch").seconds).toBe(0);
    app.clock.advance(61_000);
    await forgetPassingPictures(app.ctx);
    const live = await app.ctx.db
      .selectFrom("camera_pictures")
      .select("picture_id")
      .where("purpose", "=", "live")
      .execute();
    expect(live).toEqual([]);
    for (let index = 0; index < 4; index++) {
      expect((await firms.post("operator", url, reason)).statusCode).toBe(201);
    }
    expect(codeOf(await firms.post("officer", url, reason))).toBe("409 camera.too_many_watchers");
  });

  test("a program looks at what has come; what it saw stands beside the picture, fire as a hint", async () => {
    const detector = await startDetector();
    const { url, token, asked } = detector;
    const frameDetector = httpDetector({ url, token, clock: app.clock, timeoutMs: 20_000 });
    const ctx = { ...app.ctx, frameDetector };
    expect(await askFrameDetector(app.ctx)).toBe(0);
    try {
      const bytes = await jpeg(50);
      const pictureId = await chip.send(bytes);
      await app.ctx.db
        .updateTable("camera_pictures")
        .set({ detection_state: "waiting" })
        .where("picture_id", "=", pictureId)
        .execute();
      await askFrameDetector(ctx);
      expect((await recordsOf()).pictures[0]).toMatchObject({ detectionState: "waiting", detection: null });
      detector.isBroken = false;
      await askFrameDetector(ctx);
      expect(asked.at(-1)).toEqual({ id: pictureId, token: `Bearer ${token}`, bytes: bytes.length });
      expect((await recordsOf()).pictures[0]).toMatchObject({
        detectionState: "done",
        isHint: true,
        detection: { detector: "demo", findings: [{ thing: "fire", confidencePercent: 87 }] },
      });
      expect(await askFrameDetector(ctx)).toBe(0);
    } finally {
      await detector.close();
    }
  });

  test("a picture that never came whole is given up after a day", async () => {
    const bytes = await jpeg(60);
    const { pictureId, uploadToken } = (await chip.announce(chip.chip.picture(chip.say(bytes)))).json();
    await chip.append(pictureId, uploadToken, 0, bytes.subarray(0, 50));
    app.clock.advance(DAY_MS);
    expect(codeOf(await chip.append(pictureId, uploadToken, 50, bytes.subarray(50)))).toBe(
      "401 camera.upload_untrusted",
    );
    await forgetPassingPictures(app.ctx);
    for (const table of ["camera_pictures", "camera_picture_parts"] as const) {
      const left = await app.ctx.db
        .selectFrom(table)
        .select("picture_id")
        .where("picture_id", "=", pictureId)
        .execute();
      expect(left).toEqual([]);
    }
  });

  test("a region keeps everyday pictures for as long as it says, and video never for less than a month", async () => {
    await signInAgain();
    const set = (camera: object, basedOnVersion: number) =>
      app.call("POST", `/api/region-policies/${county}`, {
        cookie: regulatorCookie,
        body: {
          basedOnVersion,
          values: { start: {}, hotWork: {}, camera },
          reason: "演示保存期限",
        },
      });
    expect(fieldsOf(await set({ videoDays: 30 }, 0))).toEqual(["body.values.camera.videoDays"]);
    expect((await set({ pictureDays: 2 }, 0)).statusCode).toBe(201);
    await signInAgain();
    const pictureId = await chip.send(await jpeg(30));
    app.clock.advance(DAY_MS);
    await signInAgain();
    await forgetPictures(app.ctx);
    expect((await asRegulator(`/api/camera-pictures/${pictureId}/content`)).statusCode).toBe(200);
    app.clock.advance(1.5 * DAY_MS);
    await signInAgain();
    await forgetPictures(app.ctx);
    expect((await asRegulator(`/api/camera-pictures/${pictureId}/content`)).statusCode).toBe(404);
    const row = await app.ctx.db
      .selectFrom("camera_pictures")
      .select(["forgotten_under", "key_ciphertext", "blob_id"])
      .where("picture_id", "=", pictureId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ forgotten_under: `${county}-1`, key_ciphertext: null, blob_id: null });
  });

  test("an open alarm holds what was taken around it; once it is closed its time is over", async () => {
    const url = await tamperRecordsUrl();
    const before = await app.ctx.db
      .selectFrom("camera_pictures")
      .select("picture_id")
      .where("purpose", "=", "alarm")
      .executeTakeFirstOrThrow();
    const alarmPicture = before.picture_id;
    app.clock.advance(93 * DAY_MS);
    await signInAgain();
    await forgetPictures(app.ctx);
    expect(
      (await recordsOf(url)).pictures.find((one: { pictureId: string }) => one.pictureId === alarmPicture),
    ).toMatchObject({
      isForgotten: false,
    });
    await app.ctx.db
      .updateTable("alarms")
      .set({ closed_at: new Date(app.clock.nowMs()) })
      .execute();
    expect(await forgetPictures(app.ctx)).toBeGreaterThan(0);
    const after = await recordsOf(url);
    expect(after.clips).toEqual([]);
    expect(after.pictures[0]).toMatchObject({
      isForgotten: true,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(codeOf(await asRegulator(`/api/camera-pictures/${alarmPicture}/content`))).toBe(
      "404 camera.picture_not_found",
    );
    expect((await auditOf("camera.forgotten")).at(-1)).toMatchObject({
      actor: "system",
      details: { clips: 1, policyVersion: expect.any(String) },
    });
  });
});
