/** The server as a process: environment → configuration → app → run → close. */
import { flushCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";
import { startApp } from "./app.ts";
import { ConfigError } from "./config/config-error.ts";
import { loadConfig } from "./config/load-config.ts";
import { FolderLocked } from "./db/folder-lock.ts";
import { createLogger } from "./log.ts";

// The heap is looked through when it has grown by a half since the last time. By itself V8 waits for four times on a machine
// with much memory: an import of 50,000 rows would then leave some 100 MB more of what nobody needs. How much young objects
// take can only be said when Node starts: server/node-flags.json (by itself up to some 120 MB on such a machine; and little at
// first, so that what a start loads is copied again and again).
setFlagsFromString("--heap-growing-percent=50");

/** What is acknowledged is stored: who starts the server again need not wait for what hangs. */
const STOP_WITHIN_MS = 25_000;

try {
  const config = loadConfig(process.env);
  const log = createLogger(config.logLevel);
  const app = await startApp(config, {
    log,
    onLost(error) {
      log.fatal({ err: error }, "the database is lost: ending, to be started again");
      process.exit(1);
    },
  });
  log.info({ url: app.url, mqttPort: app.embeddedBroker?.port, demo: config.demo }, "ready");
  // With NODE_COMPILE_CACHE: for the next start, even when this process is killed.
  flushCompileCache();

  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.fatal({ withinMs: STOP_WITHIN_MS }, "stopping takes too long: ending without it");
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    app.close().then(
      () => log.info("stopped"),
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exitCode = 1;
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof FolderLocked)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
