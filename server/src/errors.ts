import type { Language } from "@hanyouxu/api";
import { alarmRefusals } from "./refusals/alarm-refusals.ts";
import { cameraRefusals } from "./refusals/camera-refusals.ts";
import { chainRefusals } from "./refusals/chain-refusals.ts";
import { clearanceRefusals } from "./refusals/clearance-refusals.ts";
import { dutyRefusals } from "./refusals/duty-refusals.ts";
import { enterprisesRefusals } from "./refusals/enterprises-refusals.ts";
import { evidenceRefusals } from "./refusals/evidence-refusals.ts";
import { gasRefusals } from "./refusals/gas-refusals.ts";
import { governanceRefusals } from "./refusals/governance-refusals.ts";
import { importRefusals } from "./refusals/import-refusals.ts";
import { keyAreaRefusals } from "./refusals/key-area-refusals.ts";
import { lawRefusals } from "./refusals/law-refusals.ts";
import { machineModelsRefusals } from "./refusals/machine-models-refusals.ts";
import { movementRefusals } from "./refusals/movement-refusals.ts";
import { permitRefusals } from "./refusals/permit-refusals.ts";
import { placeRefusals } from "./refusals/place-refusals.ts";
import { rectificationRefusals } from "./refusals/rectification-refusals.ts";
import type { Refusal } from "./refusals/refusal.ts";
import { regionOrderRefusals } from "./refusals/region-order-refusals.ts";
import { retrofitRefusals } from "./refusals/retrofit-refusals.ts";
import { sharingRefusals } from "./refusals/sharing-refusals.ts";
import { simultaneousWorkRefusals } from "./refusals/simultaneous-work-refusals.ts";
import { statisticsRefusals } from "./refusals/statistics-refusals.ts";
import { trendRefusals } from "./refusals/trend-refusals.ts";
import { welderRefusals } from "./refusals/welder-refusals.ts";

/**
 * Every refusal the HTTP API can give: its code, its status and its text in both languages. The text says what to do
 * next. Rows lie in `refusals/`, a file a theme, and nowhere else.
 */
const refusals = {
  ...chainRefusals,
  ...machineModelsRefusals,
  ...retrofitRefusals,
  ...regionOrderRefusals,
  ...welderRefusals,
  ...governanceRefusals,
  ...clearanceRefusals,
  ...simultaneousWorkRefusals,
  ...enterprisesRefusals,
  ...importRefusals,
  ...lawRefusals,
  ...sharingRefusals,
  ...cameraRefusals,
  ...gasRefusals,
  ...movementRefusals,
  ...keyAreaRefusals,
  ...permitRefusals,
  ...placeRefusals,
  ...evidenceRefusals,
  ...alarmRefusals,
  ...dutyRefusals,
  ...rectificationRefusals,
  ...statisticsRefusals,
  ...trendRefusals,
} as const satisfies Record<string, Refusal>;

/** Every code of a refusal. */
export const errorCodes = Object.keys(refusals) as ErrorCode[];

/** The closed set of refusal codes; stable, clients switch on them. */
export type ErrorCode = keyof typeof refusals;

export interface AppErrorOptions {
  cause?: unknown;
  /** Facts a client may show or switch on (never personal data, never internals). */
  details?: Record<string, unknown>;
  /** Fields found wrong by more than their shape; each message `bilingual`. */
  fields?: readonly { path: string; message: string }[];
}

/** A refusal on purpose: reaches the client as its code, status and message. Anything else thrown is a bug. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly fields: AppErrorOptions["fields"];

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.fields = options.fields;
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
