import { expect, test } from "vitest";
import { KeyedTurns } from "./keyed-turns.ts";

/** Work that begins when its turn has come and ends when it is told to. */
function works(turns: KeyedTurns) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const begin = (name: string, keys: string[]) =>
    turns.hold(keys, () => {
      begun.push(name);
      return new Promise<string>((resolve, reject) =>
        ends.set(name, (error) => (error ? reject(error) : resolve(name))),
      );
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { begun, begin, settle, end: (name: string, error?: Error) => ends.get(name)!(error) };
}

test("who shares a name with another waits for him, others do not", async () => {
  const { begun, begin, settle, end } = works(new KeyedTurns());
  const all = [begin("ab", ["a", "b"]), begin("bc", ["b", "c"]), begin("c", ["c"]), begin("d", ["d", "d"])];
  await settle();
  expect(begun).toEqual(["ab", "d"]);
  end("ab");
  await settle();
  expect(begun).toEqual(["ab", "d", "bc"]);
  end("bc");
  await settle();
  end("c");
  end("d");
  expect(await Promise.all(all)).toEqual(["ab", "bc", "c", "d"]);
});

test("one that fails holds up nobody", async () => {
  const { begun, begin, settle, end } = works(new KeyedTurns());
  const failing = begin("first", ["a"]);
  const next = begin("next", ["a"]);
  await settle();
  end("first", new Error("lost"));
  await expect(failing).rejects.toThrow("lost");
  await settle();
  expect(begun).toEqual(["first", "next"]);
  end("next");
  expect(await next).toBe("next");
});
