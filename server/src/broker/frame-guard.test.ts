import { VirtualClock } from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameGuard } from "./frame-guard.ts";
import { TokenBucket } from "./token-bucket.ts";

const guard = (burst = 1000) => new FrameGuard(1000, new TokenBucket(new VirtualClock(0), 1, burst));

/** A packet with the remaining length as MQTT 3.1.1 §2.2.3 writes it. */
function packet(type: number, body: number): Buffer {
  const length: number[] = [];
  let rest = body;
  do {
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.of(type << 4, ...length), Buffer.alloc(body, 0xff)]);
}

describe("the frame guard", () => {
  it("lets packets up to the limit through, however the stream is cut", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ type: fc.integer({ min: 1, max: 14 }), body: fc.integer({ min: 0, max: 1000 }) }),
        ),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
        (packets, cuts) => {
          const stream = Buffer.concat(packets.map(({ type, body }) => packet(type, body)));
          const following = guard();
          for (let at = 0, turn = 0; at < stream.length; turn++) {
            const length = cuts[turn % cuts.length]!;
            expect(following.check(stream.subarray(at, at + length))).toBeUndefined();
            at += length;
          }
        },
      ),
    );
  });

  it("finds the packet above the limit by its header alone", () => {
    expect(guard().check(packet(3, 1001).subarray(0, 3))).toBe("refused-size");
    expect(guard().check(Buffer.concat([packet(3, 1000), packet(3, 1001)]))).toBe("refused-size");
  });

  it("finds a length of more than four bytes", () => {
    expect(guard().check(Buffer.of(0x30, 0x80, 0x80, 0x80, 0x80))).toBe("protocol-error");
  });

  it("counts everything but publications and acknowledgements", () => {
    const pings = guard(2);
    expect(pings.check(Buffer.concat([packet(12, 0), packet(8, 20)]))).toBeUndefined();
    expect(pings.check(packet(3, 20))).toBeUndefined();
    expect(pings.check(packet(4, 2))).toBeUndefined();
    expect(pings.check(packet(12, 0))).toBe("refused-packet-rate");
  });
});
