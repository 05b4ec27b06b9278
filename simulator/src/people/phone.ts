import {
  type ApiClient,
  ApiError,
  createApiClient,
  type Me,
  type SiteChoice,
  type SiteQuestion,
  type StartAnswer,
  signInRoutes,
  siteOwnerRoutes,
  type WorkSession,
  workSessionRoutes,
} from "@hanyouxu/api";
import type { Clock, Position, WorkSessionId } from "@hanyouxu/protocol";
import { wait } from "../wait.ts";
import { withCookies } from "./cookie-jar.ts";

export interface PhoneOptions {
  /** Of the platform, without a trailing slash. */
  baseUrl: string;
  phoneNumber: string;
  clock: Clock;
  signal: AbortSignal;
  fetch?: typeof globalThis.fetch;
  /** How the person learns the one-time code; by default from the demo inbox, as a newcomer would. */
  readCode?: (api: ApiClient, phoneNumber: string) => Promise<string | undefined>;
}

/** The one-time code did not come: no demo inbox, or no such person. */
export class CodeMissing extends Error {
  override readonly name = "CodeMissing";

  constructor(phoneNumber: string) {
    super(`no one-time code came for ${phoneNumber}`);
  }
}

const patienceMs = 60_000;
const messageWithinMs = 15_000;
const lookEveryMs = 250;

/** One person's phone: signs in by code, scans and stops through the HTTP API and nothing else. */
export class Phone {
  readonly #options: PhoneOptions;
  readonly #api: ApiClient;
  #isSignedIn = false;
  #attempts = 0;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.#api = createApiClient({
      baseUrl: options.baseUrl,
      fetch: withCookies(options.fetch ?? globalThis.fetch),
      language: () => "zh-CN",
    });
  }

  /** @throws ApiError when the platform refuses the phone or its code; CodeMissing when none comes */
  async signIn(): Promise<Me> {
    const { phoneNumber } = this.#options;
    const staleCode = await this.#readCode();
    await this.#patiently(() => this.#api.call(signInRoutes.requestCode, { body: { phone: phoneNumber } }));
    const code = await this.#nextCode(staleCode);
    const { me } = await this.#patiently(() =>
      this.#api.call(signInRoutes.verifyCode, { body: { phone: phoneNumber, code } }),
    );
    this.#isSignedIn = true;
    return me;
  }

  /** What the platform wants to know before the start: whether for whom the work is, and who is around. */
  async siteQuestion(machineCode: string, position: Position | null): Promise<SiteQuestion> {
    return this.#signedIn(() =>
      this.#api.call(siteOwnerRoutes.askSite, { params: { machineCode }, body: { position } }),
    );
  }

  /** Scans a label and asks for the start. The attempt has a key of its own: a repeated request starts nothing twice. */
  async start(machineCode: string, position: Position | null, site?: SiteChoice): Promise<StartAnswer> {
    const { phoneNumber, clock } = this.#options;
    const idempotencyKey = `sim-${phoneNumber}-${Math.floor(clock.nowMs())}-${this.#attempts++}`;
    return this.#signedIn(() =>
      this.#api.call(workSessionRoutes.start, {
        body: { machineCode, position, idempotencyKey, ...(site ? { site } : {}) },
      }),
    );
  }

  async stop(workSessionId: WorkSessionId | string): Promise<WorkSession> {
    return this.#signedIn(() => this.#api.call(workSessionRoutes.stop, { params: { workSessionId } }));
  }

  async workSession(workSessionId: WorkSessionId | string): Promise<WorkSession> {
    return this.#signedIn(() =>
      this.#api.call(workSessionRoutes.getWorkSession, { params: { workSessionId } }),
    );
  }

  /** Signs in when that has not happened yet, or has ended meanwhile. */
  async #signedIn<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (!this.#isSignedIn) await this.signIn();
    try {
      return await this.#patiently(call);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await this.signIn();
      return this.#patiently(call);
    }
  }

  #readCode(): Promise<string | undefined> {
    const { phoneNumber, readCode = codeFromDemoInbox } = this.#options;
    return this.#patiently(() => readCode(this.#api, phoneNumber));
  }

  /** Looks at the phone until another message has come. */
  async #nextCode(staleCode: string | undefined): Promise<string> {
    const { clock, signal, phoneNumber } = this.#options;
    for (let waitedMs = 0; waitedMs < messageWithinMs; waitedMs += lookEveryMs) {
      const code = await this.#readCode();
      if (code && code !== staleCode) return code;
      await wait(clock, lookEveryMs, signal);
    }
    throw new CodeMissing(phoneNumber);
  }

  /** A person told to wait waits, and one without network tries again, for a minute. */
  async #patiently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const { clock, signal } = this.#options;
    const giveUpAtMs = clock.nowMs() + patienceMs;
    for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      try {
        return await call();
      } catch (error) {
        const delayMs = retryDelayMs(error, pauseMs);
        if (delayMs === undefined || clock.nowMs() + delayMs > giveUpAtMs) throw error;
        await wait(clock, delayMs, signal);
      }
    }
  }
}

function retryDelayMs(error: unknown, pauseMs: number): number | undefined {
  // What fetch throws when the answer breaks off in the middle.
  if (error instanceof TypeError) return pauseMs;
  if (!(error instanceof ApiError)) return undefined;
  if (error.status === 0 || error.status === 503) return pauseMs;
  if (error.status !== 429) return undefined;
  const { retryAfterSeconds } = error.details;
  return typeof retryAfterSeconds === "number" ? retryAfterSeconds * 1000 : pauseMs;
}

/** The newest code that the demo inbox shows for the phone. */
async function codeFromDemoInbox(api: ApiClient, phoneNumber: string): Promise<string | undefined> {
  const { messages } = await api.call(signInRoutes.demoInbox, {});
  return messages.find(({ phone }) => phone === phoneNumber)?.code;
}
