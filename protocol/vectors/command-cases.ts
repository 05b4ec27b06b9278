import {
  bytesToHex,
  type CborValue,
  type Command,
  type CommandResult,
  decodeCbor,
  encodeCbor,
  encodeCommandPayload,
  openCommand,
  type RejectionCode,
  sign1,
  signCommand,
} from "@hanyouxu/protocol";
import { verifierOf } from "../testing/node-crypto.ts";
import { COMMAND_CASES, GRANT, NOON_SECONDS } from "./frame-cases.ts";
import { CHIP, type KeptSignatures, type KeyName, keyPair, OTHER_CHIP } from "./keys.ts";

export const TRUSTED: readonly KeyName[] = ["platform-a", "platform-b"];

/** A chip in the state that a case starts from; fields left out are as in `CHIP_STATE`. */
export interface ChipState {
  chipId: string;
  /** Null: it does not know the time. */
  clockSeconds: number | null;
  stateVersion: number;
  locked: boolean;
  configurationVersion: number;
  /** Commands it has already answered. */
  answeredCommandIds: string[];
}

export const CHIP_STATE: ChipState = {
  chipId: CHIP,
  clockSeconds: NOON_SECONDS + 1,
  stateVersion: 17,
  locked: false,
  configurationVersion: 3,
  answeredCommandIds: [],
};

export interface CommandCase {
  name: string;
  hex: string;
  /** What opening it with the trusted keys gives. */
  opens: { command: Command } | { reason: { code: RejectionCode; field?: string } };
  /** What a chip in `CHIP_STATE`, changed by `chip`, answers; left out where it answers nothing. */
  answers?: CommandResult;
  chip?: Partial<ChipState>;
}

export function commandCases(signatures: KeptSignatures): CommandCase[] {
  const platform = signatures.signer("platform-a");
  const cases: CommandCase[] = [];
  const opening = (bytes: Uint8Array): CommandCase["opens"] => {
    const opened = openCommand(bytes, verifierOf(TRUSTED.map(keyPair)));
    return opened.ok ? { command: opened.value } : { reason: opened.reason };
  };
  const valid = (
    name: string,
    command: Command,
    answers?: CommandResult,
    chip?: Partial<ChipState>,
  ): void => {
    cases.push({
      name,
      hex: bytesToHex(signCommand(command, platform)),
      opens: { command },
      ...(answers && { answers }),
      ...(chip && { chip }),
    });
  };
  const rejected = (name: string, bytes: Uint8Array, code: RejectionCode, answers?: CommandResult): void => {
    const opens = opening(bytes);
    if (!("reason" in opens) || opens.reason.code !== code)
      throw new Error(`${name}: ${JSON.stringify(opens)}`);
    cases.push({ name, hex: bytesToHex(bytes), opens, ...(answers && { answers }) });
  };

  const { lock, configuration, acknowledgement, time, revoke } = COMMAND_CASES as Record<string, Command>;
  const { "full configuration": fullConfiguration, "gas inspection": gasInspection } = COMMAND_CASES;
  valid("grant, obeyed", GRANT, "accepted");
  cases.push({
    name: "grant signed by the second trusted key, obeyed",
    hex: bytesToHex(signCommand(GRANT, signatures.signer("platform-b"))),
    opens: { command: GRANT },
    answers: "accepted",
  });
  valid("grant without a fence, obeyed", { ...GRANT, fence: null }, "accepted");
  valid("grant for whatever state, obeyed", { ...GRANT, expectedStateVersion: null }, "accepted");
  valid("lock, obeyed", lock!, "accepted");
  valid("configuration of a higher version, obeyed", configuration!, "accepted");
  valid("full configuration of a higher version, obeyed", fullConfiguration!, "accepted");
  valid("picture request to a chip without a camera", COMMAND_CASES["picture request"]!, "unsupported");
  valid("camera watch to a chip without a camera", COMMAND_CASES["camera watch"]!, "unsupported");
  valid("acknowledgement, obeyed without an answer", acknowledgement!);
  valid("time, used without an answer when it echoes the chip's nonce", time!);

  valid("grant for another chip", { ...GRANT, audience: OTHER_CHIP }, "wrong-audience");
  valid("lock for another chip", { ...lock!, audience: OTHER_CHIP }, "wrong-audience");
  valid("grant answered before", GRANT, "replayed", { answeredCommandIds: [GRANT.commandId] });
  valid("grant one second late", GRANT, "expired", { clockSeconds: GRANT.acceptBySeconds + 1 });
  valid("grant a day late", GRANT, "expired", { clockSeconds: GRANT.acceptBySeconds + 86_400 });
  valid("lock one second late", lock!, "expired", { clockSeconds: lock!.acceptBySeconds + 1 });
  valid(
    "grant whose own time is over",
    { ...GRANT, notBeforeSeconds: NOON_SECONDS - 60, validSeconds: 30 },
    "expired",
  );
  valid("grant for an hour later", { ...GRANT, notBeforeSeconds: NOON_SECONDS + 3600 }, "not-yet-valid");
  valid("grant to a chip that does not know the time", GRANT, "clock-unknown", { clockSeconds: null });
  valid("grant decided on an older state", GRANT, "state-changed", { stateVersion: 18 });
  valid("grant to a locked chip", GRANT, "locked", { locked: true });
  valid("configuration of a version the chip has", configuration!, "state-changed", {
    configurationVersion: 4,
  });
  valid("full configuration of a version the chip has", fullConfiguration!, "state-changed", {
    configurationVersion: 5,
  });
  valid("inspection after a gas cut that the chip does not know", gasInspection!, "state-changed");
  valid("revoke of work the chip does not know", revoke!, "unknown-session");

  const signed = signCommand(GRANT, platform);
  const [protectedHeader, unprotected, payload, signature] = decodeCbor(signed) as [
    Uint8Array,
    CborValue,
    Uint8Array,
    Uint8Array,
  ];
  const cose = (...items: CborValue[]): Uint8Array => encodeCbor(items);
  const headerOf = (entries: [number, CborValue][]): Uint8Array => encodeCbor(new Map(entries));
  const { keyId } = keyPair("platform-a");
  const longer = encodeCommandPayload({ ...GRANT, validSeconds: 65_535 });
  const forged = signCommand(GRANT, { ...signatures.signer("stranger"), keyId });

  rejected(
    "signed by a key nobody trusts",
    signCommand(GRANT, signatures.signer("stranger")),
    "bad-signature",
    "untrusted",
  );
  rejected("signed by another key under a trusted key's id", forged, "bad-signature", "untrusted");
  rejected(
    "signed by the chip itself",
    signCommand(GRANT, signatures.signer("chip")),
    "bad-signature",
    "untrusted",
  );
  rejected(
    "payload altered: valid for longer",
    cose(protectedHeader, unprotected, longer, signature),
    "bad-signature",
    "untrusted",
  );
  rejected(
    "protected header altered: the other trusted key's id",
    cose(
      headerOf([
        [1, -7],
        [4, keyPair("platform-b").keyId],
      ]),
      unprotected,
      payload,
      signature,
    ),
    "bad-signature",
    "untrusted",
  );
  rejected(
    "unknown algorithm",
    cose(
      headerOf([
        [1, -8],
        [4, keyId],
      ]),
      unprotected,
      payload,
      signature,
    ),
    "bad-signature",
    "untrusted",
  );
  rejected(
    "algorithm none",
    cose(
      headerOf([
        [1, 0],
        [4, keyId],
      ]),
      unprotected,
      payload,
      signature,
    ),
    "bad-signature",
    "untrusted",
  );
  rejected(
    "signature of zeros",
    cose(protectedHeader, unprotected, payload, new Uint8Array(64)),
    "bad-signature",
    "untrusted",
  );
  rejected(
    "signature of another command",
    cose(protectedHeader, unprotected, encodeCommandPayload(lock!), signature),
    "bad-signature",
    "untrusted",
  );
  const flipped = signature.with(63, signature[63]! ^ 1);
  rejected(
    "one bit of the signature flipped",
    cose(protectedHeader, unprotected, payload, flipped),
    "bad-signature",
    "untrusted",
  );
  rejected(
    "signature cut to 63 bytes",
    cose(protectedHeader, unprotected, payload, signature.slice(0, 63)),
    "out-of-range",
  );
  rejected(
    "algorithm in the unprotected header",
    cose(headerOf([[4, keyId]]), new Map([[1, -7]]), payload, signature),
    "wrong-shape",
  );
  rejected(
    "something in the unprotected header",
    cose(protectedHeader, new Map([[4, keyId]]), payload, signature),
    "wrong-shape",
  );
  rejected("no algorithm", cose(headerOf([[4, keyId]]), unprotected, payload, signature), "wrong-shape");
  rejected(
    "a key id of five bytes",
    cose(
      headerOf([
        [1, -7],
        [4, new Uint8Array(5)],
      ]),
      unprotected,
      payload,
      signature,
    ),
    "wrong-shape",
  );
  rejected(
    "a third header",
    cose(
      headerOf([
        [1, -7],
        [3, 0],
        [4, keyId],
      ]),
      unprotected,
      payload,
      signature,
    ),
    "wrong-shape",
  );
  rejected(
    "an empty protected header",
    cose(new Uint8Array(0), unprotected, payload, signature),
    "malformed-cbor",
  );
  rejected(
    "an algorithm said twice",
    cose(Uint8Array.from([0xa3, 1, 0x26, 1, 0x26, 4, 0x44, ...keyId]), unprotected, payload, signature),
    "malformed-cbor",
  );
  rejected("payload detached", cose(protectedHeader, unprotected, null, signature), "wrong-shape");
  rejected("three items", cose(protectedHeader, unprotected, payload), "wrong-shape");
  rejected("five items", cose(protectedHeader, unprotected, payload, signature, null), "wrong-shape");
  rejected("tagged as COSE_Sign1", Uint8Array.from([0xd2, ...signed]), "malformed-cbor");
  rejected("one byte behind", Uint8Array.from([...signed, 0]), "malformed-cbor");
  for (let length = 0; length < signed.length; length++) {
    rejected(`cut to ${length} bytes`, signed.subarray(0, length), "malformed-cbor");
  }

  const signedPayload = (items: CborValue[]): Uint8Array => sign1(encodeCbor(items), platform);
  const items = decodeCbor(payload) as CborValue[];
  rejected("truly signed, of version 2", signedPayload(items.with(0, 2)), "wrong-version", "unsupported");
  rejected(
    "truly signed, of a kind unknown here",
    signedPayload(items.with(1, 99)),
    "unknown-kind",
    "unsupported",
  );
  rejected("truly signed, valid for no time", signedPayload(items.with(9, 0)), "out-of-range", "malformed");
  rejected("truly signed, one item short", signedPayload(items.slice(0, -1)), "wrong-shape", "malformed");
  rejected("truly signed, not a frame", sign1(Uint8Array.from([0xff]), platform), "malformed-cbor");
  return cases;
}
