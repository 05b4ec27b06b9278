import type { Evidence, NewEvidence } from "@hanyouxu/api";
import { VirtualClock } from "@hanyouxu/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { PictureQueue, type PictureStore, type QueuedPicture, type SendResult } from "./picture-queue.ts";

/** A phone's memory, which outlives the queue. */
class MemoryStore implements PictureStore {
  readonly pictures = new Map<string, QueuedPicture>();
  readonly files = new Map<string, Blob>();
  all = async () => [...this.pictures.values()];
  bytes = async (id: string) => this.files.get(id);
  async put(picture: QueuedPicture, bytes?: Blob) {
    this.pictures.set(picture.evidenceId, picture);
    if (bytes) this.files.set(picture.evidenceId, bytes);
  }
  async dropBytes(id: string) {
    this.files.delete(id);
  }
  async delete(id: string) {
    this.files.delete(id);
    this.pictures.delete(id);
  }
}

const said = (evidenceId: string) =>
  ({ evidenceId, kind: "photo", takenAt: new Date(0).toISOString() }) as NewEvidence;
const evidence = (state: Evidence["state"], refusal: Evidence["refusal"] = null) =>
  ({ state, refusal, receivedBytes: 0 }) as Evidence;
const bytes = new Blob(["picture"]);

let clock: VirtualClock;
let store: MemoryStore;
let sent: string[];
let forgotten: string[];
let answers: SendResult[];
let verdicts: (Evidence | undefined)[];
beforeEach(() => {
  clock = new VirtualClock(0);
  store = new MemoryStore();
  sent = [];
  forgotten = [];
  answers = [];
  verdicts = [];
});

function open(): PictureQueue {
  return new PictureQueue({
    store,
    async send({ evidenceId }, _bytes, onProgress) {
      sent.push(evidenceId);
      onProgress(3);
      return answers.shift() ?? { kind: "sent" };
    },
    ask: async () => (verdicts.length > 0 ? verdicts.shift() : evidence("accepted")),
    forget: async (evidenceId) => void forgotten.push(evidenceId),
    nowMs: () => clock.nowMs(),
    later(ms, then) {
      const timer = clock.setTimer(ms, then);
      return () => timer.cancel();
    },
  });
}
const states = (queue: PictureQueue) => queue.pictures().map(({ state }) => state);
const until = (queue: PictureQueue, ...expected: string[]) =>
  vi.waitFor(() => expect(states(queue)).toEqual(expected));

test("pictures are sent one after the other and kept until each is judged", async () => {
  verdicts = [
    evidence("checking"),
    evidence("accepted"),
    evidence("refused", { code: "x", message: "重拍" }),
  ];
  const queue = open();
  await queue.add(said("a"), bytes);
  await queue.add(said("b"), bytes);
  await until(queue, "checking", "checking");
  expect(sent).toEqual(["a", "b"]);
  expect(store.files.size).toBe(2);
  clock.advance(1_500);
  await until(queue, "accepted", "refused");
  expect(queue.pictures()[1]!.reason).toBe("重拍");
  expect(store.files.size).toBe(0);
});

test("a broken link is tried again, later each time, and at once when the network is back", async () => {
  answers = Array.from({ length: 3 }, () => ({ kind: "broken", reason: "没有网络" }));
  const queue = open();
  await queue.add(said("a"), bytes);
  await until(queue, "waiting");
  expect(queue.pictures()[0]).toMatchObject({ reason: "没有网络", sentBytes: 3 });
  clock.advance(1_999);
  expect(sent).toHaveLength(1);
  clock.advance(1);
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  await until(queue, "waiting");
  clock.advance(3_999);
  expect(sent).toHaveLength(2);
  queue.wake();
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  await until(queue, "waiting");
  clock.advance(2_000);
  await until(queue, "accepted");
});

test("a page that is loaded again goes on where the last one was", async () => {
  answers = [{ kind: "broken", reason: "" }];
  const first = open();
  await first.add(said("a"), bytes);
  await until(first, "waiting");
  store.pictures.set("b", { ...first.pictures()[0]!, evidenceId: "b", state: "checking" });
  store.pictures.set("c", { ...first.pictures()[0]!, evidenceId: "c", state: "sending" });
  store.files.set("c", bytes);
  sent = [];
  const second = open();
  await second.start();
  await until(second, "accepted", "accepted", "accepted");
  expect(sent).toEqual(["a", "c"]);

  clock.advance(24 * 3_600_000 + 1);
  const nextDay = open();
  await nextDay.start();
  expect(nextDay.pictures()).toEqual([]);
  expect(store.pictures.has("b")).toBe(false);
});

test("what the platform refuses is not tried again, and goes here and there when deleted", async () => {
  answers = [{ kind: "refused", reason: "口令已过期" }];
  const queue = open();
  await queue.add(said("a"), bytes);
  await until(queue, "refused");
  clock.advance(600_000);
  expect(sent).toEqual(["a"]);
  await queue.remove("a");
  expect([queue.pictures(), store.pictures.size, store.files.size]).toEqual([[], 0, 0]);
  expect(forgotten).toEqual(["a"]);
});

test("one that is deleted while it is sent does not come back", async () => {
  const queue = open();
  const adding = queue.add(said("a"), bytes);
  await adding;
  await queue.remove("a");
  clock.advance(10_000);
  await vi.waitFor(() => expect(forgotten).toEqual(["a"]));
  expect(store.pictures.size).toBe(0);
});
