import { ApiError, createApiClient, type Language } from "@hanyouxu/api";
import i18next from "i18next";
import { rememberedLanguage } from "./language.ts";
import { noteAnswered } from "./use-online.ts";

async function watchedFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  try {
    const response = await fetch(...request);
    noteAnswered(true);
    return response;
  } catch (error) {
    // A page that no longer wants the answer says nothing about the network.
    if (!request[1]?.signal?.aborted) noteAnswered(false);
    throw error;
  }
}

/** The platform's API as this page's person, in this page's language. */
export const api = createApiClient({
  baseUrl: "",
  fetch: watchedFetch,
  // What is asked for before the texts have come is asked for in the language they will be in.
  language: () => (i18next.language as Language | undefined) ?? rememberedLanguage(),
});

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** No answer came at all: the network, or the server is starting again. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && error.status === 0;
}

/** What to tell the person about any failure of a call. */
export function failureText(error: unknown): string {
  if (isUnreachable(error)) return i18next.t("common.failure.network");
  if (error instanceof ApiError && error.message !== "network.failed") return error.message;
  return i18next.t("common.failure.unexpected");
}

/** The messages of a 400 by field name (the last part of its path), for showing beside the fields. */
export function fieldFailures(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map(({ path, message }) => [path.split(".").at(-1)!, message]));
}
