import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the ports that Linux gives to outgoing connections and to listeners that leave the choice to it
 * (net.ipv4.ip_local_port_range, from 32768): none of these takes one before the caller does.
 */
const FIRST_PORT = 20_000;
const BEHIND_LAST_PORT = 32_000;

/** A TCP port of 127.0.0.1 that nobody uses now, chosen by chance: two processes that ask at once get different ones. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, BEHIND_LAST_PORT);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
    throw error;
  }
  server.close();
  await once(server, "close");
  return true;
}
