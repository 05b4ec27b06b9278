import type { WorkSessionProgress } from "@hanyouxu/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TwoFirms, twoFirms } from "./two-firms.ts";

let firms: TwoFirms;
let baseUrl: string;
const streams: AbortController[] = [];
beforeEach(async () => {
  firms = await twoFirms("pglite");
  baseUrl = await firms.app.http.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.abort();
  await firms?.app.close();
});

/** What a page receives, event by event; ends with the stream. */
async function follow(cookie = firms.own.welder.cookie, id: string = firms.workSessionId) {
  const controller = new AbortController();
  streams.push(controller);
  const response = await fetch(`${baseUrl}/api/work-sessions/${id}/progress`, {
    headers: { cookie },
    signal: controller.signal,
  });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const seen: WorkSessionProgress[] = [];
  const ended = (async () => {
    let text = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const lines = text.split("\n\n");
      text = lines.pop()!;
      for (const line of lines) seen.push(JSON.parse(line.slice("data: ".length)));
    }
  })().catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  return { seen, ended, controller };
}

test("follows a start from granted to energised to ended, and ends with the checked record", async () => {
  const { app, own } = firms;
  const { chip, machineCode } = own.idle;
  const { workSessionId } = (await firms.start("welder", machineCode)).json().workSession;
  const { seen, ended } = await follow(own.welder.cookie, workSessionId);
  await expect.poll(() => seen.length).toBe(1);
  await app.say(chip.energised(workSessionId));
  await expect.poll(() => seen.at(-1)!.status).toBe("energised");
  await app.say(chip.telemetry({ arcCurrentDeciamps: 1_500, flags: { arcOn: true } }));
  await expect.poll(() => app.clock.nextDueMs()).toBeDefined();
  app.clock.advance(1_000);
  await expect
    .poll(() => seen.at(-1)!)
    .toMatchObject({ currentAmps: 150, isArcing: true, welderName: "演示张三" });
  await app.say(chip.deEnergised(workSessionId, { arcMs: 9_000 }), chip.checkpoint(workSessionId));
  await ended;
  expect(seen.at(-1)).toMatchObject({
    status: "ended",
    arcMs: 9_000,
    checkpointVerified: true,
    currentAmps: null,
  });
  expect([...new Set(seen.map(({ status }) => status))]).toEqual(["granted", "energised", "ended"]);
});

test("shows the power with the chip's verified answer, before that is stored", async () => {
  const { app, own } = firms;
  const { chip, machineCode } = own.idle;
  const { workSessionId } = (await firms.start("welder", machineCode)).json().workSession;
  const { seen } = await follow(own.welder.cookie, workSessionId);
  await expect.poll(() => seen.length).toBe(1);
  const { commandId } = app.lastCommandTo(chip, "grant");
  chip.relayClosed = true;
  const answer = chip.answer(commandId, "accepted");
  app.ctx.powerHints.hear({ ...answer, chipId: own.machine.chip.chipId });
  app.ctx.powerHints.hear(chip.answer("00".repeat(8), "accepted"));
  expect(app.ctx.powerHints.poweredAtMs(workSessionId, app.clock.nowMs())).toBeUndefined();

  app.ctx.powerHints.hear(answer);
  await expect.poll(() => seen.at(-1)!.status).toBe("energised");
  const stored = () =>
    app.ctx.db
      .selectFrom("work_sessions")
      .select(["status", "energised_at"])
      .where("work_session_id", "=", workSessionId)
      .executeTakeFirstOrThrow();
  expect((await stored()).status).toBe("granted");
  // Somebody who opens the screen now sees the same.
  const shown = await firms.get("welder", `/api/work-sessions/${workSessionId}`);
  expect(shown.json()).toMatchObject({ status: "energised", energisedAt: seen.at(-1)!.energisedAt });

  // What the chip never confirms is not believed for long.
  app.clock.advance(10_001);
  await expect.poll(() => seen.at(-1)!.status).toBe("granted");
});

test("tells why a grant did not start", async () => {
  const { app, own } = firms;
  const { workSessionId } = (await firms.start("welder", own.idle.machineCode)).json().workSession;
  const { seen } = await follow(own.welder.cookie, workSessionId);
  await app.say(own.idle.chip.answer(app.lastCommandTo(own.idle.chip, "grant").commandId, "gas"));
  await expect.poll(() => seen.at(-1)).toMatchObject({ status: "not-started", endReason: "gas" });
});

test("masks the welder for staff", async () => {
  const { cookie } = await firms.app.signInAs("enterprise-officer", { enterpriseId: firms.own.enterpriseId });
  const { seen } = await follow(cookie);
  await expect.poll(() => seen[0]).toMatchObject({ status: "energised", welderName: "演***" });
});

test("ends with the sign-in it was opened by", async () => {
  const { app } = firms;
  const { seen, ended } = await follow();
  await expect.poll(() => seen.length).toBe(1);
  await app.ctx.db
    .updateTable("sign_ins")
    .set({ revoked_at: new Date(app.clock.nowMs()) })
    .where("person_id", "=", firms.own.welder.personId)
    .execute();
  await expect.poll(() => app.clock.nextDueMs()).toBeDefined();
  // Looking once a second, it is asked at the first look after half a minute.
  app.clock.advance(30_000);
  await expect.poll(() => app.clock.nextDueMs()).toBeDefined();
  app.clock.advance(1_000);
  await ended;
  expect(seen).toHaveLength(2);
});

test("is let go of by a page that leaves: nobody looks any more", async () => {
  const { app } = firms;
  const { seen, ended, controller } = await follow();
  await expect.poll(() => seen.length).toBe(1);
  await expect.poll(() => app.clock.nextDueMs()).toBeDefined();
  controller.abort();
  await ended;
  await expect.poll(() => app.clock.nextDueMs()).toBeUndefined();
});

test("does not keep a server from stopping", async () => {
  const { seen, ended } = await follow();
  await expect.poll(() => seen.length).toBe(1);
  await firms.app.close();
  await ended;
});
