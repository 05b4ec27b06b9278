import type { FastifyReply } from "fastify";

/** Takes the connection over and begins a stream of server-sent events (HTML Living Standard, 9.2) on it. */
export function beginEventStream(reply: FastifyReply): FastifyReply["raw"] {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    // A connection that has carried a stream is not used again, so that stopping does not wait for it.
    connection: "close",
  });
  return raw;
}
