/** Why bytes were not accepted. Hostile input always ends here, never in an exception. */
export type RejectionCode =
  | "too-large"
  | "malformed-cbor"
  | "wrong-shape"
  | "wrong-version"
  | "unknown-kind"
  | "out-of-range"
  | "bad-signature"
  | "bad-checksum"
  | "bad-mac";

export interface Rejection {
  code: RejectionCode;
  /** The field at fault, where one is. */
  field?: string;
}

export type Decoded<Value> = { ok: true; value: Value } | { ok: false; reason: Rejection };

/** Thrown inside a decoder only; `decoding` turns it into a result. */
export class RejectedInput extends Error {
  readonly reason: Rejection;

  constructor(code: RejectionCode, field?: string) {
    super(field ? `${code}: ${field}` : code);
    this.reason = field === undefined ? { code } : { code, field };
  }
}

/** Runs `decode`; a `RejectedInput` becomes a typed rejection, anything else is a bug and propagates. */
export function decoding<Value>(decode: () => Value): Decoded<Value> {
  try {
    return { ok: true, value: decode() };
  } catch (error) {
    if (error instanceof RejectedInput) return { ok: false, reason: error.reason };
    throw error;
  }
}
