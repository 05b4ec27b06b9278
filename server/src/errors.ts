import type { Language } from "@hanyouxu/api";
import { chainRefusals } from "./refusals/chain-refusals.ts";
import type { Refusal } from "./refusals/refusal.ts";
import { sharingRefusals } from "./refusals/sharing-refusals.ts";

/**
 * Every refusal the HTTP API can give: its code, its status and its text in both languages. The text says what to do
 * next. Rows lie in `refusals/`, a file a theme, and nowhere else.
 */
const refusals = {
  ...chainRefusals,
  ...sharingRefusals,
} as const satisfies Record<string, Refusal>;

/** Every code of a refusal. */
export const errorCodes = Object.keys(refusals) as ErrorCode[];

/** The closed set of refusal codes; stable, clients switch on them. */
export type ErrorCode = keyof typeof refusals;

export interface AppErrorOptions {
  cause?: unknown;
  /** Facts a client may show or switch on (never personal data, never internals). */
  details?: Record<string, unknown>;
}

/** A refusal on purpose: reaches the client as its code, status and message. Anything else thrown is a bug. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }
}

/** The HTTP status of a refusal. */
export function statusOf(code: ErrorCode): number {
  return refusals[code].status;
}

/** The text of a refusal for people. */
export function messageOf(code: ErrorCode, language: Language): string {
  return refusals[code][language];
}
