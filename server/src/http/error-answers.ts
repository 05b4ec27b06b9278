import { type ErrorAnswer, fieldMessageIn, type Language } from "@hanyouxu/api";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../context.ts";
import { AppError, type ErrorCode, messageOf, statusOf } from "../errors.ts";
import { languageOf } from "./request-language.ts";
import { fieldErrors, InvalidRequest } from "./validation.ts";

/** The HTTP supervisor: refusals become their answers, bugs are logged whole and answered without their text. */
export function answerErrors(server: FastifyInstance, ctx: Pick<AppContext, "metrics">): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    if (refusalOf(error) === undefined) {
      const route = request.routeOptions.url ?? "unmatched";
      ctx.metrics.httpFailures.inc({ route });
      request.log.error({ err: error, method: request.method, route }, "a request failed");
    }
    return answerError(error, request, reply);
  });
  server.setNotFoundHandler((request, reply) => send(request, reply, "request.not_found"));
}

/** The answer to anything thrown; what is no refusal says nothing about itself. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal === undefined) return send(request, reply, "service.failed");
  const { code, details } = refusal;
  const retryAfterSeconds = details?.retryAfterSeconds;
  if (typeof retryAfterSeconds === "number") reply.header("retry-after", retryAfterSeconds);
  return send(request, reply, code, { fields: fieldsOf(error, refusal, languageOf(request)), details });
}

function fieldsOf(error: FastifyError, refusal: AppError, language: Language): More["fields"] {
  if (error instanceof InvalidRequest) return fieldErrors(error, language);
  if (refusal.fields)
    return refusal.fields.map(({ path, message }) => ({ path, message: fieldMessageIn(language, message) }));
  const unreadable = refusal.details?.unreadable;
  if (unreadable !== "body" && unreadable !== "url") return undefined;
  return [{ path: unreadable, message: unreadableMessages[unreadable][language] }];
}

const unreadableMessages = {
  body: {
    "zh-CN": "应为有效的 JSON（UTF-8，不含空字符）",
    en: "must be valid JSON (UTF-8, without NUL characters)",
  },
  url: { "zh-CN": "地址中含有无效的百分号编码", en: "holds a percent-encoding that is not valid" },
};

type More = Partial<Pick<ErrorAnswer["error"], "fields" | "details">>;

function send(request: FastifyRequest, reply: FastifyReply, code: ErrorCode, { fields, details }: More = {}) {
  const answer: ErrorAnswer = {
    error: {
      code,
      message: messageOf(code, languageOf(request)),
      ...(fields === undefined ? {} : { fields }),
      ...(details === undefined ? {} : { details }),
      requestId: request.id,
    },
  };
  // A text already serialised: the route's schemas describe its successes only.
  return reply
    .status(statusOf(code))
    .header("content-type", "application/json; charset=utf-8")
    .serializer((text: unknown) => String(text))
    .send(JSON.stringify(answer));
}

function refusalOf(error: FastifyError): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof InvalidRequest) return new AppError("request.invalid", { cause: error });
  // Fastify's own refusals of what it could not read; everything else is a bug.
  if (!error.code?.startsWith("FST_") && !isMalformedJson(error)) return undefined;
  const status = error.statusCode ?? 500;
  if (status === 413) return new AppError("request.too_large", { cause: error });
  if (status === 415) return new AppError("request.type_unsupported", { cause: error });
  if (status >= 400 && status < 500) {
    const unreadable = error.code === "FST_ERR_BAD_URL" ? "url" : "body";
    return new AppError("request.invalid", { cause: error, details: { unreadable } });
  }
  return undefined;
}

function isMalformedJson(error: FastifyError): boolean {
  return error instanceof SyntaxError && error.statusCode === 400;
}
