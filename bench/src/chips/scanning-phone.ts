import type { Clock } from "@hanyouxu/protocol";
import { type DemoWelder, type OnlineMachine, Phone, withCookies } from "@hanyouxu/simulator";
import { monotonicMs } from "../worker.ts";

/** What one scan came to, as the phone saw it; monotonic milliseconds. */
export interface ScanTrace {
  workSessionId: string;
  /** When it should have been asked; later than this only because the load could not keep up. */
  dueAtMs: number;
  askedAtMs: number;
  grantedAtMs: number;
  /** The screen shows that the machine has power. */
  shownAtMs: number;
}

/** A welder's phone as the pages use the platform: start, follow the session's events, stop. */
export class ScanningPhone {
  readonly #phone: Phone;
  readonly #fetch: typeof fetch;
  readonly #url: string;
  readonly #machine: OnlineMachine;
  readonly #clock: Clock;

  constructor(url: string, welder: DemoWelder, machine: OnlineMachine, clock: Clock) {
    this.#url = url;
    this.#machine = machine;
    this.#clock = clock;
    this.#fetch = withCookies(globalThis.fetch);
    this.#phone = new Phone({
      baseUrl: url,
      phoneNumber: welder.phone,
      clock,
      signal: new AbortController().signal,
      fetch: this.#fetch,
    });
  }

  async signIn(): Promise<void> {
    await this.#phone.signIn();
  }

  /** One work session from scan to end. @throws when the platform refuses it */
  async work(dueAtMs: number, energisedMs: number): Promise<ScanTrace> {
    const askedAtMs = monotonicMs();
    const place = { ...this.#machine.world.body.place, accuracyMetres: 10 };
    const answer = await this.#phone.start(this.#machine.machineCode, place);
    const grantedAtMs = monotonicMs();
    if (answer.outcome !== "grant") {
      throw new Error(`refused: ${answer.reasons.map(({ ruleId }) => ruleId).join(", ")}`);
    }
    const { workSessionId } = answer.workSession;
    let shownAtMs = Number.NaN;
    for await (const status of this.#follow(workSessionId)) {
      if (status === "energised" && Number.isNaN(shownAtMs)) {
        shownAtMs = monotonicMs();
        this.#clock.setTimer(energisedMs, () => void this.#phone.stop(workSessionId));
      }
      if (status === "not-started") throw new Error(`${workSessionId}: the chip did not take the grant`);
    }
    return { workSessionId, dueAtMs, askedAtMs, grantedAtMs, shownAtMs };
  }

  /** The session's status after each server-sent event, until the stream ends with the session. */
  async *#follow(workSessionId: string): AsyncGenerator<string> {
    const response = await this.#fetch(`${this.#url}/api/work-sessions/${workSessionId}/progress`);
    let text = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const { status } = JSON.parse(text.slice("data: ".length, end)) as { status: string };
        text = text.slice(end + 2);
        yield status;
      }
    }
  }
}
