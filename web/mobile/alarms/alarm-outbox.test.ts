import { type AlarmDetail, ApiError } from "@hanyouxu/api";
import { VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { AlarmOutbox, type PendingAct, type PictureState, textOf } from "./alarm-outbox.ts";

/** The platform's side: takes acts in order, and may lose the answer or the question. */
class Platform {
  history: { seq: number; what: string; text: string | null }[] = [{ seq: 1, what: "raised", text: null }];
  isReachable = true;
  losesAnswers = false;
  sent: { kind: string; evidenceIds: readonly string[] }[] = [];

  detail(): AlarmDetail {
    if (!this.isReachable) throw new ApiError(0, undefined);
    return { history: [...this.history], isAssignedToMe: true } as unknown as AlarmDetail;
  }

  take({ said }: PendingAct, evidenceIds: readonly string[]): AlarmDetail {
    if (!this.isReachable) throw new ApiError(0, undefined);
    this.sent.push({ kind: said.kind, evidenceIds });
    const isOnce = said.kind !== "note" && said.kind !== "answer";
    if (isOnce && this.history.some(({ what }) => what === said.kind)) {
      throw new ApiError(409, { code: "alarm.order", message: "not next" } as never);
    }
    this.history.push({ seq: this.history.length + 1, what: said.kind, text: textOf(said) });
    if (this.losesAnswers) throw new ApiError(0, undefined);
    return this.detail();
  }
}

function phone(platform: Platform, pictures: Record<string, PictureState> = {}, stored = { acts: "[]" }) {
  const clock = new VirtualClock(0);
  const taken: string[] = [];
  const outbox = new AlarmOutbox({
    load: () => JSON.parse(stored.acts) as PendingAct[],
    save: (acts) => {
      stored.acts = JSON.stringify(acts);
    },
    send: async (act, evidenceIds) => platform.take(act, evidenceIds),
    read: async () => platform.detail(),
    refusalOf: (error) => (error instanceof ApiError && error.status === 409 ? error.message : undefined),
    picture: (evidenceId) => pictures[evidenceId] ?? "accepted",
    onTaken: ({ said }) => taken.push(said.kind),
    later: (ms, then) => {
      const timer = clock.setTimer(ms, then);
      return () => timer.cancel();
    },
  });
  let count = 0;
  const say = (said: PendingAct["said"], evidenceIds: readonly string[] = [], alarmId = "a") =>
    outbox.add({ actId: `act-${++count}`, alarmId, said, evidenceIds, afterSeq: 1 });
  return { outbox, clock, taken, stored, say };
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

test("what was said without a network is sent in its order when it is back, each once", async () => {
  const platform = new Platform();
  platform.isReachable = false;
  const { outbox, say, taken } = phone(platform);
  say({ kind: "accept" });
  say({ kind: "arrive", position: null });
  say({ kind: "handle", result: "found", measures: "done" });
  await settled();
  expect(outbox.acts().map(({ said }) => said.kind)).toEqual(["accept", "arrive", "handle"]);
  platform.isReachable = true;
  outbox.wake();
  await settled();
  expect(taken).toEqual(["accept", "arrive", "handle"]);
  expect(platform.history.map(({ what }) => what)).toEqual(["raised", "accept", "arrive", "handle"]);
  expect(outbox.acts()).toEqual([]);
});

test("a note whose answer was lost is not written twice", async () => {
  const platform = new Platform();
  platform.losesAnswers = true;
  const { outbox, say, clock } = phone(platform);
  say({ kind: "note", note: "help" });
  await settled();
  expect(outbox.acts()).toHaveLength(1);
  platform.losesAnswers = false;
  clock.advance(2_000);
  await settled();
  expect(platform.history.filter(({ what }) => what === "note")).toHaveLength(1);
  expect(outbox.acts()).toEqual([]);
});

test("a step that the platform has already is no failure", async () => {
  const platform = new Platform();
  platform.history.push({ seq: 2, what: "handle", text: "found\ndone" });
  const { outbox, say, taken } = phone(platform);
  say({ kind: "handle", result: "found", measures: "done" });
  await settled();
  expect(taken).toEqual(["handle"]);
  expect(outbox.acts()).toEqual([]);
});

test("a step that somebody else took is refused with the reason, and what was typed stays", async () => {
  const platform = new Platform();
  platform.history.push({ seq: 2, what: "handle", text: "a colleague's words" });
  const { outbox, say, taken } = phone(platform);
  say({ kind: "handle", result: "found", measures: "done" });
  say({ kind: "note", note: "after it" });
  await settled();
  expect(taken).toEqual([]);
  expect(outbox.acts()[0]).toMatchObject({ refusal: "not next", said: { result: "found" } });
  // The act after it waits until the person has taken the refused one back.
  expect(outbox.acts()).toHaveLength(2);
  outbox.remove(outbox.acts()[0]!.actId);
  outbox.wake();
  await settled();
  expect(taken).toEqual(["note"]);
});

test("what was found is sent once its pictures are judged, without those that were refused", async () => {
  const platform = new Platform();
  const pictures: Record<string, PictureState> = { one: "pending", two: "refused" };
  const { outbox, say } = phone(platform, pictures);
  say({ kind: "handle", result: "found", measures: "done" }, ["one", "two"]);
  await settled();
  expect(platform.sent).toEqual([]);
  // Another alarm does not wait for these pictures.
  say({ kind: "note", note: "elsewhere" }, [], "b");
  await settled();
  expect(platform.sent.map(({ kind }) => kind)).toEqual(["note"]);
  pictures.one = "accepted";
  outbox.wake();
  await settled();
  expect(platform.sent.at(-1)).toEqual({ kind: "handle", evidenceIds: ["one"] });
});

test("a reload, or a dead battery, loses nothing", async () => {
  const platform = new Platform();
  platform.isReachable = false;
  const first = phone(platform);
  first.say({ kind: "note", note: "kept" });
  await settled();
  platform.isReachable = true;
  const second = phone(platform, {}, first.stored);
  second.outbox.wake();
  await settled();
  expect(platform.history.at(-1)).toMatchObject({ what: "note", text: "kept" });
});

test("without a network it tries again after 2, 4, 8 … 30 seconds", async () => {
  const platform = new Platform();
  platform.isReachable = false;
  const { say, clock } = phone(platform);
  say({ kind: "note", note: "waits" });
  await settled();
  const waits: number[] = [];
  for (let round = 0; round < 6; round++) {
    const beforeMs = clock.nowMs();
    clock.runNext(beforeMs + 60_000);
    waits.push(clock.nowMs() - beforeMs);
    await settled();
  }
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});
