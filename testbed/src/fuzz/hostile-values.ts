/** Random numbers that a seed repeats (mulberry32), so that a finding can be seen again. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

const SQL = [
  "' or '1'='1",
  "'; drop table machines; --",
  "1); delete from persons where (1=1",
  "\\'; select pg_sleep(10); --",
  "%' union select secret from staff_accounts --",
  "$1",
  "%",
  "_",
  "\\",
];
const HTML = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "{{constructor.constructor('return process')()}}",
  "#{process.exit(1)}",
];
const TEXT = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\u202e焊机",
  "𠮷".repeat(50),
  "../../../../etc/passwd",
  "%00",
  "%c0%af",
  "\r\nset-cookie: hy_session=x",
  "A".repeat(5_000),
  "焊".repeat(2_000),
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "1e999",
  "00000000-0000-0000-0000-000000000000",
  "0193a5b2-7c4d-7e8f-9a0b-1c2d3e4f5061",
  "2026-02-30T99:99:99Z",
  "+275760-09-13T00:00:00.000Z",
  "9".repeat(400),
];
const NUMBERS = [0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 1e-308, 999_999_999_999_999];

/** Values that programs trip over: text that other languages would run, numbers at the edges, wrong types, deep nests. */
export function hostileValue(random: SeededRandom): unknown {
  const kinds: (() => unknown)[] = [
    () => random.pick(SQL),
    () => random.pick(HTML),
    () => random.pick(TEXT),
    () => random.pick(NUMBERS),
    () => random.pick([null, true, false, [], {}, [[]], [null]]),
    () => ({ __proto__: null, toString: "x", constructor: { prototype: { polluted: true } } }),
    () => JSON.parse(`{"__proto__":{"polluted":true},"length":1e9}`),
    () => nested(random.below(200)),
    () => Array.from({ length: random.below(300) }, () => random.pick(TEXT)),
    () => Buffer.from(random.bytes(random.below(40))).toString("latin1"),
    () => Buffer.from(random.bytes(random.below(400))).toString("base64"),
  ];
  return random.pick(kinds)();
}

export function hostileText(random: SeededRandom): string {
  return random.pick([SQL, HTML, TEXT].flat());
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
  return value;
}

/** The bytes with a few of them changed, cut, doubled or lengthened. */
export function mutated(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  const changes: (() => Uint8Array)[] = [
    () => bytes.map((byte) => (random.chance(0.05) ? random.below(256) : byte)),
    () => bytes.subarray(0, random.below(bytes.length + 1)),
    () => Buffer.concat([bytes, random.bytes(random.below(100))]),
    () => Buffer.concat([bytes, bytes]),
    () => {
      const at = random.below(bytes.length + 1);
      // Lengths and counts that promise more than there is.
      const promise = random.pick([
        "9bffffffffffffffff",
        "bbffffffffffffffff",
        "5a7fffffff",
        "9f",
        "5f",
        "fb7ff8000000000000",
      ]);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(promise, "hex"), bytes.subarray(at)]);
    },
  ];
  return random.pick(changes)();
}
