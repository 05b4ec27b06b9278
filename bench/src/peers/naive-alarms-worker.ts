/**
 * The least that raises alarms: a bare broker, one INSERT and one broadcast an event. No check of who speaks, no order, no
 * one-open-alarm rule, nobody told.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes, createLogger, createSecrets, loadConfig, openStore } from "@hanyouxu/server";
import { startPostgres } from "@hanyouxu/testbed";
import { sql } from "kysely";
import type { DatabaseName } from "../platform/platform.ts";
import { answerQuestions } from "../worker.ts";
import type { NaivePorts } from "./naive-alarms.ts";

const stack = new AsyncDisposableStack();

async function start(database: DatabaseName): Promise<NaivePorts> {
  const dir = mkdtempSync(join(tmpdir(), "hanyouxu-naive-"));
  stack.defer(() => rmSync(dir, { recursive: true, force: true }));
  const postgres =
    database === "postgresql" ? stack.adopt(await startPostgres(), (it) => it.stop()) : undefined;
  createSecrets(join(dir, "secrets"));
  const config = loadConfig({
    HY_DATA_DIR: dir,
    HY_SECRETS_DIR: join(dir, "secrets"),
    ...(postgres ? { HY_DATABASE: postgres.url } : {}),
  });
  const opened = await openStore(config, createLogger("error"));
  stack.defer(() => opened.close());
  const { db } = opened.store;
  await sql`create table naive_alarms (id bigint generated always as identity primary key, payload text not null)`.execute(
    db,
  );
  const desks = new Set<Socket>();
  const aedes = await Aedes.createBroker({
    authorizePublish(_client, { payload }, done) {
      const text = payload.toString();
      sql`insert into naive_alarms (payload) values (${text})`.execute(db).then(
        () => {
          for (const desk of desks) desk.write(`${text}\n`);
          done(null);
        },
        (error: Error) => done(error),
      );
    },
  });
  stack.defer(() => new Promise<void>((resolve) => aedes.close(resolve)));
  const port = async (take: (socket: Socket) => void) => {
    const server = createServer((socket) => take(socket.setNoDelay(true)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    stack.defer(() => void server.close());
    return (server.address() as AddressInfo).port;
  };
  return {
    brokerPort: await port((socket) => void aedes.handle(socket)),
    deskPort: await port((socket) => void desks.add(socket.on("error", () => {}))),
  };
}

answerQuestions({ start, stop: () => stack.disposeAsync() });
