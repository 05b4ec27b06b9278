import type { WebSocket } from "@fastify/websocket";
import type { Clock } from "@hanyouxu/protocol";

const RECHECK_MS = 30_000;

/** A sign-in that is revoked, expires or changes its roles ends the socket that it opened. */
export function closeWithSignIn(clock: Clock, socket: WebSocket, mayGoOn: () => Promise<boolean>): void {
  let recheck = clock.setTimer(RECHECK_MS, check);
  function check(): void {
    mayGoOn().then(
      (may) => {
        if (!may) socket.close(4401, "sign in again");
        else if (socket.readyState === socket.OPEN) recheck = clock.setTimer(RECHECK_MS, check);
      },
      () => socket.close(1011, "try again"),
    );
  }
  socket.on("close", () => recheck.cancel());
}
