import type { FastifyInstance } from "fastify";

/** What is still asked for when the server closes is answered within this, or cut off. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * Lets a closing server end. Node closes connections that are idle then and waits for the others, which stay open for a
 * next request once theirs is answered: 72 s by Fastify's default. One on which nothing was ever asked counts as busy.
 */
export function endConnectionsOnClosing(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook("preClose", async () => {
    isClosing = true;
    const limit = setTimeout(() => server.server.closeAllConnections(), ANSWER_WITHIN_MS);
    server.server.once("close", () => clearTimeout(limit));
    limit.unref();
  });
  server.addHook("onResponse", async () => {
    // The connection is idle once Node has seen the answer's end too.
    if (isClosing) setImmediate(() => server.server.closeIdleConnections());
  });
}
