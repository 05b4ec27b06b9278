import { encodeTelemetry } from "@hanyouxu/protocol";
import { type Bench, oneOf, wholeNumber } from "../bench.ts";
import { Chips } from "../chips/chips.ts";
import { SAMPLE, SAMPLE_BATCH } from "../example-frames.ts";
import { Platform } from "../platform/platform.ts";

const TARGET_SAMPLES_PER_SECOND = 5000;

export const ingest: Bench = {
  name: "ingest",
  description: "samples a second, durable, with every step on, against the rate of bare Aedes",
  options: {
    database: { description: "pglite or postgresql", default: "postgresql" },
    chips: { description: "chips that send", default: "200" },
    window: { description: "unacknowledged messages of each chip", default: "4" },
    "samples-per-message": { description: "6 is what chips do", default: "6" },
    seconds: { description: "of full load, after two of warming up", default: "20" },
  },
  async run(options, say) {
    const database = oneOf(options, "database", ["pglite", "postgresql"]);
    const chips = wholeNumber(options, "chips", 1, 3900);
    const window = wholeNumber(options, "window", 1, 100);
    const samplesPerMessage = wholeNumber(options, "samples-per-message", 1, 6);
    const seconds = wholeNumber(options, "seconds", 1, 3600);
    const payloadBytes = encodeTelemetry({
      ...SAMPLE_BATCH,
      samples: Array.from({ length: samplesPerMessage }, () => SAMPLE),
    }).length;

    say(`ingest: bare Aedes, ${chips} clients`);
    // Brings the whole server in, which neither a list nor another bench needs.
    const { measureBareFanIn } = await import("../peers/bare-broker.ts");
    const bare = await measureBareFanIn({ clients: chips, window, payloadBytes, seconds });
    const peerValue = bare.messagesPerSecond * samplesPerMessage;

    const platform = new Platform();
    const fleet = new Chips();
    try {
      say(`ingest: the platform on ${database}`);
      const running = await platform.start({ database, broker: "embedded", jobs: 1, otherChips: chips });
      say(`ingest: enrolling and connecting ${chips} chips`);
      await fleet.open({ platform: running, chipFlash: "memory" });
      say(`ingest: full load for ${seconds} s`);
      const storedBefore = await platform.storedSamples();
      const flood = await fleet.flood({ seconds, warmUpSeconds: 2, samplesPerMessage, window });
      const stored = (await platform.storedSamples()) - storedBefore;
      if (stored < flood.samplesAcknowledged) {
        throw new Error(
          `${flood.samplesAcknowledged} samples were acknowledged, ${stored} are in the database`,
        );
      }
      const value = flood.samplesPerSecond;
      return {
        value,
        unit: "samples/s durable",
        peer: "bare Aedes: messages it takes with a consumer that does nothing, times the samples in one",
        peerValue,
        target: {
          text: `≥ ${TARGET_SAMPLES_PER_SECOND} samples/s on PostgreSQL`,
          isMet: database !== "postgresql" || value >= TARGET_SAMPLES_PER_SECOND,
        },
        parameters: {
          database,
          chips,
          window,
          samplesPerMessage,
          payloadBytes,
          seconds,
          ...(await platform.engines()),
        },
        repetitions: 1,
        details: {
          messagesPerSecond: Math.round(value / samplesPerMessage),
          bareMessagesPerSecond: Math.round(bare.messagesPerSecond),
          acknowledged: flood.samplesAcknowledged,
          stored,
          batches: await platform.ingestBatches(),
        },
      };
    } finally {
      await fleet.stop();
      await platform.stop();
    }
  },
};
