import {
  decodeAnswerFrame,
  decodeEvent,
  decodeTelemetry,
  eventHash,
  type Rejection,
} from "@hanyouxu/protocol";
import type { UplinkMessage } from "../../broker/broker.ts";
import { sha256 } from "../../crypto/sha256.ts";
import type { FrameBody } from "../frame.ts";

type DecodedFrame = { ok: true; body: FrameBody } | { ok: false; reason: Rejection };

/** Bytes into a frame, or why not. Pure; hostile bytes end here. */
export function decode(message: UplinkMessage): DecodedFrame {
  const decoded = decodeBody(message);
  return decoded.ok && hasNul(decoded.body)
    ? { ok: false, reason: { code: "out-of-range", field: "firmware" } }
    : decoded;
}

/** The database keeps no NUL in a text; the firmware's name is the only text a chip sends. */
function hasNul(body: FrameBody): boolean {
  if (body.channel === "a") return body.answer.kind === "hello" && body.answer.firmware.includes("\0");
  return body.channel === "e" && body.event.kind === "booted" && body.event.data.firmware.includes("\0");
}

function decodeBody(message: UplinkMessage): DecodedFrame {
  switch (message.channel) {
    case "t": {
      const decoded = decodeTelemetry(message.payload);
      return decoded.ok ? { ok: true, body: { channel: "t", batch: decoded.value } } : decoded;
    }
    case "e": {
      const decoded = decodeEvent(message.payload);
      if (!decoded.ok) return decoded;
      return {
        ok: true,
        body: { channel: "e", event: decoded.value, hash: eventHash(sha256, message.payload) },
      };
    }
    case "a": {
      const decoded = decodeAnswerFrame(message.payload);
      return decoded.ok ? { ok: true, body: { channel: "a", answer: decoded.value } } : decoded;
    }
  }
}
