import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server that counts what comes back on it. */
export class CountedWire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly url: string;
  bytes = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async to(url: string): Promise<CountedWire> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const wire = new CountedWire(server);
    server.on("connection", (page) => wire.#carry(page, connect(Number(port), hostname)));
    return wire;
  }

  #carry(page: Socket, platform: Socket): void {
    platform.on("data", (part) => {
      this.bytes += part.length;
    });
    page.pipe(platform).pipe(page);
    for (const [socket, other] of [
      [page, platform],
      [platform, page],
    ] as const) {
      this.#sockets.add(socket);
      // A page that goes breaks its sockets off.
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }

  forget(): void {
    this.bytes = 0;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
