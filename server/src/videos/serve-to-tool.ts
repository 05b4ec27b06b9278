import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { type RangedFile, rangeOf } from "../http/send-range.ts";

/**
 * Lets a program on this machine read a file, jumping within it, while `work` runs: clear bytes go from the sealed store
 * through a socket on the loopback, under a name that nobody can guess, and never onto the disk.
 */
export async function serveToTool<Result>(
  file: RangedFile,
  secret: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = createServer((request, response) => {
    if (request.url !== `/${secret}`) {
      response.writeHead(404).end();
      return;
    }
    const asked = rangeOf(request.headers.range, file.sizeBytes);
    if (asked === "unsatisfiable") {
      response.writeHead(416, { "content-range": `bytes */${file.sizeBytes}` }).end();
      return;
    }
    const { from, to } = asked ?? { from: 0, to: file.sizeBytes };
    response.writeHead(asked ? 206 : 200, {
      "accept-ranges": "bytes",
      "content-length": to - from,
      ...(asked ? { "content-range": `bytes ${from}-${to - 1}/${file.sizeBytes}` } : {}),
    });
    const bytes = Readable.from(file.read(from, to));
    // A file that cannot be read ends the answer early; the program says so by failing.
    bytes.on("error", () => response.destroy());
    response.on("close", () => bytes.destroy());
    bytes.pipe(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
