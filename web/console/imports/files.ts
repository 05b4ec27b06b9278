import { type BulkImport, type ImportKind, importRoutes } from "@hanyouxu/api";
import { saveBlob } from "../../ui/save-blob.ts";
import { ask, sendFile } from "../ui/send-file.ts";

/** Uploads a file as it is; the platform looks at its content, not at its name. */
export async function uploadFile(kind: ImportKind, file: File): Promise<BulkImport> {
  const query = { kind, fileName: file.name };
  return (await sendFile(importRoutes.uploadImport.path, query, file)) as BulkImport;
}

/** Fetches a file and hands it to the person to be saved, under the name that the platform gives it. */
export async function saveFile(path: string, query: Record<string, string | undefined> = {}): Promise<void> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = new URLSearchParams(given).toString();
  const response = await ask(search ? `${path}?${search}` : path);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  saveBlob(await response.blob(), name ? decodeURIComponent(name) : "");
}
