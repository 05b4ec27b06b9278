import { MESSAGE_NEWS_PATH } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { closeWithSignIn } from "../../http/close-with-sign-in.ts";
import { maySignedInGoOn, requirePerson } from "../sign-in/sign-in.ts";
import type { MessageFeed } from "./message-feed.ts";

/** Says to an open page of anybody who is signed in that there is a new message; the page asks for it. */
export function registerMessageFeed(server: FastifyInstance, ctx: AppContext, feed: MessageFeed): void {
  server.get(
    MESSAGE_NEWS_PATH,
    { websocket: true, preHandler: async (request) => void requirePerson(request) },
    (socket, request) => {
      const { personId } = requirePerson(request);
      const leave = feed.follow(personId, () => socket.send(JSON.stringify({ type: "messages" })));
      closeWithSignIn(ctx.clock, socket, () => maySignedInGoOn(ctx, request));
      socket.on("error", (error) => request.log.info({ err: error }, "message connection broken"));
      socket.on("close", leave);
    },
  );
}
