import { expect, test } from "vitest";
import { EventSocket, type EventSourceLike } from "./event-socket.ts";

class Stream implements EventSourceLike {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  sayCell: ((event: { data: string }) => void) | undefined;
  isClosed = false;
  readonly address: string;
  constructor(address: string) {
    this.address = address;
  }
  addEventListener(_type: "cell", listener: (event: { data: string }) => void): void {
    this.sayCell = listener;
  }
  close(): void {
    this.isClosed = true;
  }
}

test("events are told as the socket would, another view opens another stream, and an end is an end", () => {
  const streams: Stream[] = [];
  const socket = new EventSocket((address) => streams[streams.push(new Stream(address)) - 1]!);
  const told: unknown[] = [];
  let opened = 0;
  let closed = 0;
  socket.onopen = () => opened++;
  socket.onmessage = ({ data }) => told.push(data);
  socket.onclose = () => closed++;
  streams[0]!.onopen!();
  expect(streams[0]!.address).toBe("/api/live/events");
  const view = '{"type":"view","view":1}';
  socket.send(view);
  streams[1]!.onopen!();
  expect([streams[0]!.isClosed, opened]).toEqual([true, 1]);
  expect(streams[1]!.address).toBe(`/api/live/events?view=${encodeURIComponent(view)}`);
  streams[1]!.onmessage!({ data: '{"type":"snapshot"}' });
  streams[1]!.sayCell!({ data: btoa("\u0001\u00ff") });
  expect(told).toEqual(['{"type":"snapshot"}', Uint8Array.of(1, 255).buffer]);
  // Beginning anew keeps the view.
  socket.send('{"type":"resync"}');
  expect(streams[2]!.address).toBe(streams[1]!.address);
  streams[2]!.onerror!();
  expect([streams[2]!.isClosed, closed]).toEqual([true, 1]);
});
