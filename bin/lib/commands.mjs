// The launcher's commands: what each one needs on a bare clone, then what it runs.
import { readFileSync } from "node:fs";
import { runChecks } from "./check.mjs";
import { benchPackages, ensureDebianPackages, serverPackages, testPackages } from "./debian-packages.mjs";
import { generate } from "./generate.mjs";
import { ensurePackages } from "./packages.mjs";
import { inRoot } from "./paths.mjs";
import { runNode } from "./pinned-node.mjs";
import { runBrowserTests, runTests } from "./test.mjs";
import { ensureWeb } from "./web-build.mjs";

/** @returns {string[]} what Node itself is told when the server starts, alone or in the demonstration */
const serverFlags = () => JSON.parse(readFileSync(inRoot("server", "node-flags.json"), "utf8"));

const isQuestion = (args) => args.some((arg) => ["--help", "-h", "--list"].includes(arg));

/**
 * @typedef {object} Command
 * @property {string} usage what follows the command's name
 * @property {string} does one line of help
 * @property {(args: string[]) => Promise<number>} run resolves to the exit code
 */

/** @type {Record<string, Command>} */
export const commands = {
  start: {
    usage: "[-- options]",
    does: "the whole system with a simulated county, on this machine; prints the address (-- --help: options)",
    async run(args) {
      await ensurePackages();
      if (!isQuestion(args)) await ensureWeb();
      return runNode("testbed/src/demo.ts", args, { flags: serverFlags() });
    },
  },
  server: {
    usage: "[-- options]",
    does: "the server alone, configured by its environment (docs/operations/configuration.md)",
    async run(args) {
      await ensurePackages();
      if (!isQuestion(args)) await ensureWeb();
      return runNode("server/src/main.ts", args, { flags: serverFlags() });
    },
  },
  build: {
    usage: "",
    does: "the pages alone, into web/dist (start, server and test do it by themselves)",
    async run() {
      await ensurePackages();
      await ensureWeb();
      return 0;
    },
  },
  dev: {
    usage: "[-- options]",
    does: "the pages with live reload, against a running `npm start` (HY_SERVER_URL: where it is)",
    async run(args) {
      await ensurePackages();
      return runNode("node_modules/vite/bin/vite.js", args, { cwd: inRoot("web") });
    },
  },
  check: {
    usage: "",
    does: "format, lint, types, architecture, and generated files against their sources",
    async run() {
      await ensurePackages();
      return (await runChecks({ architecture: true })).failed.length === 0 ? 0 : 1;
    },
  },
  test: {
    usage: "",
    does: "check, then all tests, then the end-to-end tests in a real browser; last line: N passed, N failed",
    async run() {
      await ensurePackages();
      await ensureDebianPackages(testPackages);
      await ensureWeb();
      return runTests();
    },
  },
  e2e: {
    usage: "[-- options]",
    does: "the end-to-end tests alone; HY_MODE=server runs them on Mosquitto and PostgreSQL",
    async run(args) {
      await ensurePackages();
      await ensureDebianPackages(testPackages);
      await ensureWeb();
      return runBrowserTests(args);
    },
  },
  screens: {
    usage: "",
    does: "take the pictures in docs/guides/screens/ again",
    async run(args) {
      await ensurePackages();
      await ensureDebianPackages(testPackages);
      await ensureWeb();
      return runBrowserTests(["screens.spec.ts", ...args], { HY_SCREENSHOTS: "1" });
    },
  },
  bench: {
    usage: "-- --list | NAME [--json]",
    does: "a measurement beside its peer in the same run",
    async run(args) {
      await ensurePackages();
      if (!isQuestion(args)) await ensureDebianPackages(benchPackages);
      return runNode("bench/src/main.ts", args);
    },
  },
  fuzz: {
    usage: "[-- --mode embedded|server --seconds N]",
    does: "hostile frames, requests, live connections and values against a whole system for five minutes",
    async run(args) {
      await ensurePackages();
      if (args.includes("server")) await ensureDebianPackages(serverPackages);
      return runNode("testbed/src/fuzz.ts", args);
    },
  },
  gen: {
    usage: "",
    does: "write the generated files again",
    async run() {
      await ensurePackages();
      return generate();
    },
  },
};

/** What `npm run help` prints. */
export function helpText() {
  const lines = Object.entries(commands).map(([name, { usage, does }]) => {
    const call = ["start", "test"].includes(name) ? `npm ${name}` : `npm run ${name}`;
    return `  ${[call, usage].filter(Boolean).join(" ")}\n      ${does}\n`;
  });
  return `焊有序 Hanyouxu: certified welders scan and the machine powers on; everyone else is refused with the reason.

${lines.join("")}
A bare clone needs Node 20.19 or newer; each command brings what else it needs and says so.
`;
}
