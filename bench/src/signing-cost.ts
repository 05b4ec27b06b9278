import { createHash, generateKeyPairSync, sign, verify } from "node:crypto";
import {
  type Command,
  ES256,
  openCommand,
  type Signer,
  signCommand,
  type Verifier,
} from "@hanyouxu/protocol";
import { median, rounded } from "./statistics.ts";

/** The grant as COSE_Sign1 against the same content as a JWT (RFC 7519), both ES256 by the same library. */
export function measureSigning(command: Command, calls: number, repetitions: number): object {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const ieee = { dsaEncoding: "ieee-p1363" } as const;
  const spki = publicKey.export({ format: "der", type: "spki" });
  const signer: Signer = {
    algorithm: ES256,
    keyId: new Uint8Array(createHash("sha256").update(spki).digest().subarray(0, 4)),
    sign: (bytes) => new Uint8Array(sign("sha256", bytes, { key: privateKey, ...ieee })),
  };
  const verifier: Verifier = {
    verify: (_algorithm, _keyId, bytes, signature) =>
      verify("sha256", bytes, { key: publicKey, ...ieee }, signature),
  };
  const header = Buffer.from(JSON.stringify({ alg: "ES256", kid: "01020304" })).toString("base64url");
  const signJwt = (): string => {
    const body = `${header}.${Buffer.from(JSON.stringify(command)).toString("base64url")}`;
    return `${body}.${sign("sha256", Buffer.from(body), { key: privateKey, ...ieee }).toString("base64url")}`;
  };
  const openJwt = (jwt: string): unknown => {
    const [head, body, signature] = jwt.split(".") as [string, string, string];
    const isTrue = verify(
      "sha256",
      Buffer.from(`${head}.${body}`),
      { key: publicKey, ...ieee },
      Buffer.from(signature, "base64url"),
    );
    return isTrue && JSON.parse(Buffer.from(body, "base64url").toString());
  };
  const cose = signCommand(command, signer);
  const jwt = signJwt();
  if (!openCommand(cose, verifier).ok || !openJwt(jwt)) throw new Error("a signature does not verify");
  const micros = (run: () => unknown): number => {
    const series: number[] = [];
    for (let round = 0; round <= repetitions; round++) {
      const startMs = performance.now();
      for (let call = 0; call < calls; call++) run();
      if (round > 0) series.push(((performance.now() - startMs) * 1000) / calls);
    }
    return rounded(median(series));
  };
  return {
    grantBytes: cose.length,
    jwtBytes: jwt.length,
    signMicros: micros(() => signCommand(command, signer)),
    jwtSignMicros: micros(signJwt),
    openMicros: micros(() => openCommand(cose, verifier)),
    jwtOpenMicros: micros(() => openJwt(jwt)),
  };
}
