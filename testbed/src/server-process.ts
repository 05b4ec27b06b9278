import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import nodeFlags from "@hanyouxu/server/node-flags.json" with { type: "json" };

/** The server as a process of its own, to be killed and started again. */
export interface ServerProcess {
  readonly pid: number;
  /** SIGKILL: no goodbye. */
  kill9(): Promise<void>;
  /** Starts it again with the same configuration. */
  restart(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** The last lines it wrote. */
  output(): string;
}

const MAIN = fileURLToPath(new URL("../../server/src/main.ts", import.meta.url));
/** In a run of tests a server is killed before PGlite's WebAssembly is worth to be compiled a second time, for speed. */
const inTests = process.env.HY_TEST_RUN ? ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"] : [];
const KEPT_OUTPUT = 64 * 1024;
const START_LIMIT_MS = 60_000;

export async function startServerProcess(environment: Record<string, string>): Promise<ServerProcess> {
  let output = "";
  let child = await launch();

  async function launch(): Promise<ChildProcess> {
    const launched = spawn(process.execPath, [...nodeFlags, ...inTests, MAIN], {
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
      if (output.includes('"msg":"ready"')) resolve();
    };
    output = "";
    launched.stdout!.on("data", keep);
    launched.stderr!.on("data", keep);
    launched.once("exit", (code) =>
      reject(new Error(`the server ended with ${code} before it was ready:\n${output}`)),
    );
    const timer = setTimeout(
      () => reject(new Error(`the server was not ready in time:\n${output}`)),
      START_LIMIT_MS,
    );
    try {
      await ready;
    } finally {
      clearTimeout(timer);
    }
    return launched;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }

  return {
    get pid() {
      return child.pid!;
    },
    kill9: () => end("SIGKILL"),
    async restart() {
      await end("SIGTERM");
      child = await launch();
    },
    stop: () => end("SIGTERM"),
    output: () => output,
  };
}
