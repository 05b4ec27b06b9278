// Runs another program in the foreground: its output is ours, our signals are its, its exit code is ours.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./paths.mjs";

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdout?: "inherit" | 2 }} [options] `stdout: 2` sends the
 *   program's standard output to our standard error
 * @returns {Promise<number>} the exit code; 128 + the signal's number when a signal ended it (as shells count)
 */
export function runChild(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ["inherit", options.stdout ?? "inherit", "inherit"],
    });
    const forward = (signal) => {
      // Ctrl-C reaches the whole foreground group by itself; a second copy would read as impatience.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    const settle = (finish) => {
      for (const signal of signals) process.off(signal, forward);
      finish();
    };
    child.once("error", (error) => settle(() => reject(error)));
    child.once("exit", (code, signal) =>
      settle(() => resolve(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0))),
    );
  });
}
