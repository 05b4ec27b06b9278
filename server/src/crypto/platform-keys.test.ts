import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { platformKeys } from "./platform-keys.ts";

const pem = (namedCurve = "P-256") =>
  generateKeyPairSync("ec", { namedCurve }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const message = new TextEncoder().encode("grant");

describe("the platform's keys", () => {
  const [one, two] = [pem(), pem()];
  const keys = platformKeys([one, two]);

  test("sign with the first and trust both", () => {
    const signature = keys.signer.sign(message);
    expect(signature).toHaveLength(64);
    expect(keys.signer.keyId).toEqual(keys.trusted[0]!.keyId);
    expect(keys.verifier.verify(-7, keys.signer.keyId, message, signature)).toBe(true);
    const rotated = platformKeys([two, one]);
    expect(keys.verifier.verify(-7, rotated.signer.keyId, message, rotated.signer.sign(message))).toBe(true);
  });

  test("refuse another key, algorithm, message and every altered or truncated signature", () => {
    const signature = keys.signer.sign(message);
    const stranger = platformKeys([pem()]);
    const { verifier, signer } = keys;
    expect(verifier.verify(-7, stranger.signer.keyId, message, stranger.signer.sign(message))).toBe(false);
    expect(verifier.verify(-7, signer.keyId, message, stranger.signer.sign(message))).toBe(false);
    expect(verifier.verify(-8, signer.keyId, message, signature)).toBe(false);
    expect(verifier.verify(-7, signer.keyId, new TextEncoder().encode("grants"), signature)).toBe(false);
    expect(verifier.verify(-7, keys.trusted[1]!.keyId, message, signature)).toBe(false);
    for (let index = 0; index < 64; index++) {
      const altered = signature.slice();
      altered[index]! ^= 0x80;
      expect(verifier.verify(-7, signer.keyId, message, altered)).toBe(false);
      expect(verifier.verify(-7, signer.keyId, message, signature.subarray(0, index))).toBe(false);
    }
  });

  test("must be on P-256", () => {
    expect(() => platformKeys([pem("P-384")])).toThrow("P-256");
    expect(() => platformKeys([])).toThrow("no platform signing key");
  });
});
