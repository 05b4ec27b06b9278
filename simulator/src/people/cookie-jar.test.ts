import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { withCookies } from "./cookie-jar.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

test("cookies come back until the server takes them away", async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.cookie);
    if (request.url === "/in") response.setHeader("set-cookie", ["sid=a=b; HttpOnly; Path=/", "lang=zh"]);
    if (request.url === "/out") response.setHeader("set-cookie", "sid=; Max-Age=0");
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const fetch = withCookies(globalThis.fetch);
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const path of ["/in", "/me", "/out", "/me"]) await fetch(base + path);
  expect(seen).toEqual([undefined, "sid=a=b; lang=zh", "sid=a=b; lang=zh", "lang=zh"]);
});
