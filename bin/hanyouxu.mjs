#!/usr/bin/env node
// Starts everything in this repository. It runs on any Node from 20.19 with nothing installed: it brings what is
// missing (npm packages, the pinned Node 24, Debian packages, the built web) and then runs the command under it.
import { commands, helpText } from "./lib/commands.mjs";
import { requireNode } from "./lib/node-version.mjs";
import { Stop, say } from "./lib/say.mjs";

requireNode(process.versions.node);

const [name = "help", ...args] = process.argv.slice(2);

try {
  if (["help", "--help", "-h"].includes(name)) {
    process.stdout.write(helpText());
  } else if (!Object.hasOwn(commands, name)) {
    throw new Stop(`unknown command "${name}"; run "npm run help" for the list`, 2);
  } else {
    process.exitCode = await commands[name].run(args);
  }
} catch (stop) {
  if (!(stop instanceof Stop)) throw stop;
  if (stop.message) say(stop.message);
  process.exitCode = stop.exitCode;
}
