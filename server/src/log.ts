import { type Logger, pino } from "pino";
import type { Config } from "./config/config.ts";

/** Names under which personal data or secrets could reach a log line, at the top or one or two levels down. */
const hidden = [
  "phone",
  "totp",
  "password",
  "identityNumber",
  "certificateNumber",
  "token",
  "cookie",
  "authorization",
  "secret",
  "secretKey",
];

/** Fields of request and answer bodies whose names mean something harmless elsewhere. */
const hiddenInBodies = [
  "body.code",
  "body.name",
  "req.body",
  "req.headers.cookie",
  "req.headers.authorization",
];

/** Structured logs, one JSON object a line, on standard output (or into `destination`); personal data is redacted. */
export function createLogger(level: Config["logLevel"], destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [...hidden.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), ...hiddenInBodies],
      censor: "[redacted]",
    },
    serializers: { err: plainError },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface LoggedError {
  type: string;
  message: string;
  stack: string | undefined;
  code?: string;
  constraint?: string;
  cause?: LoggedError;
}

/** Of a database error only code and constraint: `detail` and `where` quote the row's values. */
function plainError(error: unknown): LoggedError | unknown {
  if (!(error instanceof Error)) return error;
  const logged: LoggedError = { type: error.name, message: error.message, stack: error.stack };
  if ("code" in error && typeof error.code === "string") logged.code = error.code;
  if ("constraint" in error && typeof error.constraint === "string") logged.constraint = error.constraint;
  if (error.cause instanceof Error) logged.cause = plainError(error.cause) as LoggedError;
  return logged;
}
