import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { endConnectionsOnClosing } from "./closing.ts";

describe("a closing server", () => {
  let server: FastifyInstance;
  let port: number;
  const agent = new Agent({ keepAlive: true });
  const sockets: Socket[] = [];
  let answer: PromiseWithResolvers<string>;
  let isAsked: PromiseWithResolvers<void>;

  beforeEach(async () => {
    answer = Promise.withResolvers();
    isAsked = Promise.withResolvers();
    server = Fastify({ forceCloseConnections: "idle" });
    endConnectionsOnClosing(server);
    server.get("/", () => {
      isAsked.resolve();
      return answer.promise;
    });
    port = Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const socket of sockets.splice(0)) socket.destroy();
    agent.destroy();
  });

  function ask(): Promise<string> {
    return new Promise((resolve, reject) => {
      request({ port, host: "127.0.0.1", agent }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => {
          body += chunk.toString();
        });
        response.on("end", () => resolve(body));
      })
        .on("error", reject)
        .end();
    });
  }

  test("answers what was asked, and does not keep the connection for a next request", async () => {
    const asked = ask();
    await isAsked.promise;
    const closed = server.close();
    await vi.waitFor(() => expect(server.server.listening).toBe(false));
    answer.resolve("still answered");
    expect(await asked).toBe("still answered");
    // Without an end of its own the connection would stay for 72 s, longer than a test may take.
    await closed;
  });

  test("waits for a while for connections on which nothing was asked, or for what is never answered", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const silent = connect(port, "127.0.0.1").on("error", () => {});
    sockets.push(silent);
    await once(silent, "connect");
    const asked = ask().catch((error: NodeJS.ErrnoException) => error.code);
    await isAsked.promise;
    let isClosed = false;
    const closed = server.close().then(() => {
      isClosed = true;
    });
    await vi.advanceTimersByTimeAsync(14_900);
    expect(isClosed).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    await closed;
    expect(await asked).toBe("ECONNRESET");
  });
});
