import {
  bytesToHex,
  encodePicture,
  openPicture,
  type RejectionCode,
  sign1,
  signPicture,
} from "@hanyouxu/protocol";
import { verifierOf } from "../testing/node-crypto.ts";
import { PICTURE_CASES } from "./frame-cases.ts";
import { type KeptSignatures, keyPair } from "./keys.ts";

export interface PictureCase {
  name: string;
  hex: string;
  /** What opening it with the chip's key gives. */
  opens: { picture: object } | { reason: object };
}

export function pictureCases(signatures: KeptSignatures): PictureCase[] {
  const chip = signatures.signer("chip");
  const asked = PICTURE_CASES["picture that was asked for"]!;
  const signed = signPicture(asked, chip);
  const cases: PictureCase[] = Object.entries(PICTURE_CASES).map(([name, picture]) => ({
    name,
    hex: bytesToHex(signPicture(picture, chip)),
    opens: { picture },
  }));
  const refused = (name: string, bytes: Uint8Array, code: RejectionCode): void => {
    const opened = openPicture(bytes, verifierOf([keyPair("chip")]));
    if (opened.ok || opened.reason.code !== code) throw new Error(`${name}: ${JSON.stringify(opened)}`);
    cases.push({ name, hex: bytesToHex(bytes), opens: { reason: opened.reason } });
  };
  refused("signed by another chip", signPicture(asked, signatures.signer("other-chip")), "bad-signature");
  refused(
    "signed by another chip under this one's key id",
    signPicture(asked, { ...signatures.signer("other-chip"), keyId: keyPair("chip").keyId }),
    "bad-signature",
  );
  refused("signed as a command is", sign1(encodePicture(asked), chip), "bad-signature");
  const altered = signed.slice();
  altered[altered.length - 1]! ^= 1;
  refused("one bit of the signature flipped", altered, "bad-signature");
  refused("one byte short", signed.subarray(0, -1), "malformed-cbor");
  refused("one byte behind", Uint8Array.from([...signed, 0]), "malformed-cbor");
  return cases;
}
