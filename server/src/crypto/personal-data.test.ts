import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { maskIdentityNumber, maskName, maskPhone } from "./mask.ts";
import { type MasterKey, personalData } from "./personal-data.ts";
import { systemRandom } from "./random.ts";

const key = (id: number): MasterKey => ({ id, bytes: new Uint8Array(randomBytes(32)) });
const indexKey = new Uint8Array(randomBytes(32));
const first = key(1);
const data = personalData([first], indexKey, systemRandom);

describe("personal data at rest", () => {
  test("opens to what was sealed, and never looks the same twice", () => {
    const [a, b] = [data.seal("phone", "13800138000"), data.seal("phone", "13800138000")];
    expect(data.open("phone", a)).toBe("13800138000");
    expect(Buffer.compare(a, b)).not.toBe(0);
    expect(Buffer.from(a).toString("latin1")).not.toContain("138");
    for (const text of ["", "演示张三", "x".repeat(10_000)])
      expect(data.open("name", data.seal("name", text))).toBe(text);
  });

  test("opens in its own field only", () => {
    expect(() => data.open("name", data.seal("phone", "13800138000"))).toThrow();
  });

  test("refuses a value with any bit changed or any byte cut", () => {
    const sealed = data.seal("identity-number", "330723199001011234");
    for (let index = 0; index < sealed.length; index++) {
      const altered = sealed.slice();
      altered[index]! ^= 1;
      expect(() => data.open("identity-number", altered), `byte ${index}`).toThrow();
      expect(() => data.open("identity-number", sealed.subarray(0, index)), `${index} bytes`).toThrow();
    }
  });

  test("opens with an older key of the ring after a rotation, and seals with the new one", () => {
    const second = key(2);
    const rotated = personalData([second, first], indexKey, systemRandom);
    const old = data.seal("phone", "13800138000");
    expect(rotated.open("phone", old)).toBe("13800138000");
    const fresh = rotated.seal("phone", "13800138000");
    expect(fresh[0]).toBe(2);
    expect(() => data.open("phone", fresh)).toThrow(/no master key/);
    expect(rotated.blindIndex("phone", "13800138000")).toEqual(data.blindIndex("phone", "13800138000"));
  });

  test("is found by an index that differs by field, value and key", () => {
    const index = data.blindIndex("phone", "13800138000");
    expect(index).toHaveLength(32);
    expect(data.blindIndex("phone", "13800138000")).toEqual(index);
    expect(data.blindIndex("identity-number", "13800138000")).not.toEqual(index);
    expect(data.blindIndex("phone", "13800138001")).not.toEqual(index);
    const other = personalData([first], new Uint8Array(randomBytes(32)), systemRandom);
    expect(other.blindIndex("phone", "13800138000")).not.toEqual(index);
  });
});

describe("masks", () => {
  test.each([
    [maskPhone, "13812341234", "138****1234"],
    [maskPhone, "123", "***"],
    [maskIdentityNumber, "330723199001011234", "330723********1234"],
    [maskName, "欧阳娜娜", "欧***"],
    [maskName, "𠮷野", "𠮷*"],
    [maskName, "", ""],
  ])("%o hides the middle of %s", (mask, text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});
