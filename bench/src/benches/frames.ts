import {
  bytesToHex,
  type Decoded,
  decodeAnswerFrame,
  decodeCommandPayload,
  decodeEvent,
  decodeTelemetry,
  encodeAnswerFrame,
  encodeCommandPayload,
  encodeEvent,
  encodeTelemetry,
} from "@hanyouxu/protocol";
import { type Bench, wholeNumber } from "../bench.ts";
import { ANSWER, EVENT, GRANT, HELLO, SAMPLE_BATCH, SIX_SAMPLES } from "../example-frames.ts";
import { measureSigning } from "../signing-cost.ts";
import { median, rounded } from "../statistics.ts";

interface Subject {
  frame: string;
  encode(): Uint8Array;
  decode(bytes: Uint8Array): Decoded<unknown>;
  value: unknown;
}

const SUBJECTS: readonly Subject[] = [
  {
    frame: "telemetry, 6 samples",
    value: SIX_SAMPLES,
    encode: () => encodeTelemetry(SIX_SAMPLES),
    decode: decodeTelemetry,
  },
  {
    frame: "telemetry, 1 sample",
    value: SAMPLE_BATCH,
    encode: () => encodeTelemetry(SAMPLE_BATCH),
    decode: decodeTelemetry,
  },
  { frame: "event", value: EVENT, encode: () => encodeEvent(EVENT), decode: decodeEvent },
  { frame: "answer", value: ANSWER, encode: () => encodeAnswerFrame(ANSWER), decode: decodeAnswerFrame },
  { frame: "hello", value: HELLO, encode: () => encodeAnswerFrame(HELLO), decode: decodeAnswerFrame },
  { frame: "grant", value: GRANT, encode: () => encodeCommandPayload(GRANT), decode: decodeCommandPayload },
];

/** As a JSON protocol would send the same: byte strings in hex. */
const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_key, item) => (item instanceof Uint8Array ? bytesToHex(item) : item));

/** Microseconds a call takes, over `calls` calls. */
function microsPerCall(calls: number, run: () => unknown): number {
  let sink: unknown;
  const startNs = process.hrtime.bigint();
  for (let call = 0; call < calls; call++) sink = run();
  const elapsedNs = Number(process.hrtime.bigint() - startNs);
  if (sink === undefined) throw new Error("nothing was measured");
  return elapsedNs / calls / 1000;
}

function measure(subject: Subject, calls: number, repetitions: number) {
  const bytes = subject.encode();
  const json = jsonOf(subject.value);
  const plain: unknown = JSON.parse(json);
  if (!subject.decode(bytes).ok) throw new Error(`${subject.frame} does not decode`);
  const encode: number[] = [];
  const decode: number[] = [];
  const jsonEncode: number[] = [];
  const jsonDecode: number[] = [];
  // Interleaved, so that a busy moment of the machine touches both sides; the first round warms up.
  for (let round = 0; round <= repetitions; round++) {
    const times = [
      microsPerCall(calls, subject.encode),
      microsPerCall(calls, () => subject.decode(bytes)),
      microsPerCall(calls, () => JSON.stringify(plain)),
      microsPerCall(calls, () => JSON.parse(json)),
    ];
    if (round === 0) continue;
    [encode, decode, jsonEncode, jsonDecode].forEach((series, index) => {
      series.push(times[index]!);
    });
  }
  return {
    frame: subject.frame,
    bytes: bytes.length,
    jsonBytes: Buffer.byteLength(json),
    encodeMicros: rounded(median(encode)),
    jsonEncodeMicros: rounded(median(jsonEncode)),
    decodeMicros: rounded(median(decode)),
    jsonDecodeMicros: rounded(median(jsonDecode)),
  };
}

export const frames: Bench = {
  name: "frames",
  description: "bytes and time per frame against JSON of the same content",
  options: {
    calls: { description: "calls a repetition", default: "20000" },
    repetitions: { description: "medians are taken over them", default: "9" },
  },
  async run(options, say) {
    const calls = wholeNumber(options, "calls", 100, 10_000_000);
    const repetitions = wholeNumber(options, "repetitions", 1, 1000);
    const rows = SUBJECTS.map((subject) => {
      say(`frames: ${subject.frame}`);
      return measure(subject, calls, repetitions);
    });
    const telemetry = rows[0]!;
    return {
      value: telemetry.bytes,
      unit: "bytes for six samples",
      peer: "JSON of the same content, one name a field",
      peerValue: telemetry.jsonBytes,
      parameters: {
        calls,
        timeOfJson: "JSON.stringify and JSON.parse alone; ours includes checking every field",
      },
      repetitions,
      details: {
        frames: rows,
        signing: measureSigning(GRANT, Math.max(50, Math.floor(calls / 40)), repetitions),
      },
    };
  },
};
