import {
  type AnswerFrame,
  type ChipEvent,
  type Command,
  type Decoded,
  decodeAnswerFrame,
  decodeCommandPayload,
  decodeEvent,
  decodePicture,
  decodeTelemetry,
  encodeAnswerFrame,
  encodeCommandPayload,
  encodeEvent,
  encodePicture,
  encodeTelemetry,
  type Picture,
  type TelemetryBatch,
} from "@hanyouxu/protocol";
import type fc from "fast-check";
import { answerFrame, command, event, picture, telemetry } from "./arbitraries.ts";

/** Every frame with what a test needs of it; `rule` names it in hy1.cddl. */
export interface FrameCodec<Frame> {
  rule: string;
  arbitrary: fc.Arbitrary<Frame>;
  encode(frame: Frame): Uint8Array;
  decode(bytes: Uint8Array): Decoded<Frame>;
}

export const TELEMETRY: FrameCodec<TelemetryBatch> = {
  rule: "telemetry",
  arbitrary: telemetry,
  encode: encodeTelemetry,
  decode: decodeTelemetry,
};
export const EVENT: FrameCodec<ChipEvent> = {
  rule: "event",
  arbitrary: event,
  encode: encodeEvent,
  decode: decodeEvent,
};
export const ANSWER_FRAME: FrameCodec<AnswerFrame> = {
  rule: "answer-frame",
  arbitrary: answerFrame,
  encode: encodeAnswerFrame,
  decode: decodeAnswerFrame,
};
export const COMMAND: FrameCodec<Command> = {
  rule: "command",
  arbitrary: command,
  encode: encodeCommandPayload,
  decode: decodeCommandPayload,
};

export const PICTURE: FrameCodec<Picture> = {
  rule: "picture",
  arbitrary: picture,
  encode: encodePicture,
  decode: decodePicture,
};

export const FRAME_CODECS: readonly FrameCodec<unknown>[] = [
  TELEMETRY,
  EVENT,
  ANSWER_FRAME,
  COMMAND,
  PICTURE,
] as FrameCodec<unknown>[];
