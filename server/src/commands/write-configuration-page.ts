/** `node server/src/commands/write-configuration-page.ts`: writes the table of docs/operations/configuration.md anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { configurationTable } from "../config/configuration-page.ts";

const page = new URL("../../../docs/operations/configuration.md", import.meta.url);
const [before = "", , after = ""] = readFileSync(page, "utf8").split(/<!-- (?:table|end) -->/);
writeFileSync(page, `${before}<!-- table -->\n${configurationTable()}\n<!-- end -->${after}`);
