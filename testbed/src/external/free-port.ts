import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the ports that Linux gives to outgoing connections and to listeners that leave the choice to it
 * (net.ipv4.ip_local_port_range, from 32768): none of these takes one before the caller does.
 */
const FIRST_PORT = 10_000;
/** Minutes may pass before a port is listened on: processes side by side have ports of their own to choose from. */
const PORTS_OF_A_PROCESS = 220;
const PROCESSES = 100;

const givenPorts = new Set<number>();

/** A TCP port of 127.0.0.1 that nobody uses now. A process never gets the same one twice. */
export async function freePort(): Promise<number> {
  const firstPort = FIRST_PORT + (process.pid % PROCESSES) * PORTS_OF_A_PROCESS;
  while (givenPorts.size < PORTS_OF_A_PROCESS) {
    const port = firstPort + randomInt(PORTS_OF_A_PROCESS);
    if (givenPorts.has(port)) continue;
    givenPorts.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port of 127.0.0.1 is free from ${firstPort} to ${firstPort + PORTS_OF_A_PROCESS - 1}`);
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
