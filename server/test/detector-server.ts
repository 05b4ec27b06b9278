import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface DetectorServer {
  url: string;
  token: string;
  /** What was asked so far. */
  asked: { id: string; token: string; bytes: number }[];
  /** From the start: it answers 503. */
  isBroken: boolean;
  close(): Promise<unknown>;
}

/** A program that sees fire in every picture; answers as docs/guides/cameras.md says. */
export async function startDetector(): Promise<DetectorServer> {
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on("data", (part: Buffer) => {
      bytes += part.length;
    });
    request.on("end", () => {
      const id = String(request.headers["hy-picture-id"]);
      detector.asked.push({ id, token: String(request.headers.authorization), bytes });
      const findings = [{ thing: "fire", confidencePercent: 87, box: [100, 100, 300, 300] }];
      if (detector.isBroken) response.writeHead(503).end();
      else response.end(JSON.stringify({ pictureId: id, detector: "demo", version: "1.0", findings }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const detector: DetectorServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: "demo-token-of-16-letters",
    asked: [],
    isBroken: true,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return detector;
}
