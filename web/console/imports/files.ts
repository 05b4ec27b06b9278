import {
  ApiError,
  type BulkImport,
  type ErrorAnswer,
  type ImportKind,
  importRoutes,
  type Language,
} from "@hanyouxu/api";
import i18next from "i18next";
import { saveBlob } from "../../ui/save-blob.ts";

/** Asks for something that is no JSON, or sends it; a refusal is the same ApiError as everywhere. */
async function ask(url: string, request: RequestInit = {}): Promise<Response> {
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

/** Uploads a file as it is; the platform looks at its content, not at its name. */
export async function uploadFile(kind: ImportKind, file: File): Promise<BulkImport> {
  const query = new URLSearchParams({ kind, fileName: file.name });
  const response = await ask(`${importRoutes.uploadImport.path}?${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  return (await response.json()) as BulkImport;
}

/** Fetches a file and hands it to the person to be saved, under the name that the platform gives it. */
export async function saveFile(path: string, query: Record<string, string | undefined> = {}): Promise<void> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = new URLSearchParams(given).toString();
  const response = await ask(search ? `${path}?${search}` : path);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  saveBlob(await response.blob(), name ? decodeURIComponent(name) : "");
}
