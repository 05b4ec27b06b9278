import { ApiError, type ErrorAnswer, type Language } from "@hanyouxu/api";
import i18next from "i18next";

/** Asks for something that is no JSON, or sends it; a refusal is the same ApiError as everywhere. */
export async function ask(url: string, request: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      ...request,
      credentials: "same-origin",
      headers: { "accept-language": i18next.language as Language, ...request.headers },
    });
  } catch (error) {
    throw new ApiError(0, undefined, error);
  }
  if (response.ok) return response;
  const answer = (await response.json().catch(() => undefined)) as ErrorAnswer | undefined;
  throw new ApiError(response.status, answer?.error);
}

/** Sends a file as it is; the platform looks at its content, not at its name. */
export async function sendFile(path: string, query: Record<string, string>, file: File): Promise<unknown> {
  const response = await ask(`${path}?${new URLSearchParams(query)}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  return await response.json();
}
