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

/** Bytes into a frame, or why not. Pure; hostile bytes end here. */
export function decode(
  message: UplinkMessage,
): { ok: true; body: FrameBody } | { ok: false; reason: Rejection } {
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
