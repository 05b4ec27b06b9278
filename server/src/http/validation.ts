import { fieldMessageIn, type Language } from "@hanyouxu/api";
import type { FastifySchemaCompiler } from "fastify";
import { z } from "zod";

type Issue = z.core.$ZodIssue;

/** A part of the request does not fit its schema. */
export class InvalidRequest extends Error {
  override readonly name = "InvalidRequest";
  readonly statusCode = 400;
  /** `body`, `params` or `query`. */
  readonly part: string;
  readonly issues: readonly Issue[];

  constructor(part: string, issues: readonly Issue[]) {
    super(`invalid ${part}`);
    this.part = part;
    this.issues = issues;
  }
}

/** Fastify's hook for zod: the value after parsing, or the issues with their inputs (for messages in any language). */
export const compileValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = httpPart === "querystring" ? "query" : (httpPart ?? "request");
  return (data) => {
    const result = schema.safeParse(data, { reportInput: true });
    return result.success ? { value: result.data } : { error: new InvalidRequest(part, result.error.issues) };
  };
};

const locales = {
  "zh-CN": z.locales.zhCN().localeError,
  en: z.locales.en().localeError,
};

/** Each wrong field with how to put it right; a schema's own message wins over the general one. */
export function fieldErrors(error: InvalidRequest, language: Language): { path: string; message: string }[] {
  return error.issues.map((issue) => ({
    path: [error.part, ...issue.path.map(String)].join("."),
    message: messageOf(issue, language),
  }));
}

function messageOf(issue: Issue, language: Language): string {
  const isGeneral = issue.message === textOf("en", issue);
  return isGeneral ? textOf(language, issue) : fieldMessageIn(language, issue.message);
}

function textOf(language: Language, issue: Issue): string {
  const text = locales[language](issue as Parameters<(typeof locales)["en"]>[0]);
  return typeof text === "string" ? text : (text?.message ?? issue.message);
}
