/** Repeatable randomness: xoshiro128** (Blackman and Vigna), seeded by splitmix32. Never for keys or codes. */

export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number;
}

/**
 * A stream of its own for every seed. Streams named by a path (`${seed}/machines`) keep what one part draws from
 * shifting what another part draws.
 */
export function createRandom(seed: number | string): Random {
  let mixed = typeof seed === "number" ? seed | 0 : hash(seed);
  const splitMix = () => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let bits = mixed;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return (bits ^ (bits >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitMix(), splitMix(), splitMix(), splitMix()];
  return {
    next() {
      const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotateLeft(d, 11);
      return result / 0x1_0000_0000;
    },
  };
}

/** A whole number in [min, max], both included. */
export function integerBetween(random: Random, min: number, max: number): number {
  return min + Math.floor(random.next() * (max - min + 1));
}

export function numberBetween(random: Random, min: number, max: number): number {
  return min + random.next() * (max - min);
}

/** True with the given probability. */
export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** One of a list that is not empty. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random.next() * items.length)]!;
}

/** One of a list that is not empty, in proportion to its weight. */
export function pickWeighted<Item extends { weight: number }>(random: Random, items: readonly Item[]): Item {
  let left = random.next() * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items[items.length - 1]!;
}

/** Normal distribution (Box–Muller). */
export function normal(random: Random, mean: number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return mean + deviation * radius * Math.cos(2 * Math.PI * random.next());
}

/** A new array in random order (Fisher–Yates). */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index--) {
    const other = integerBetween(random, 0, index);
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}

function rotateLeft(bits: number, count: number): number {
  return (bits << count) | (bits >>> (32 - count));
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  return bits | 0;
}
