import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { vectorFiles } from "./vector-files.ts";

const at = (name: string): URL => new URL(name, import.meta.url);

/** Writes every vector file; `node protocol/vectors/generate.ts`. Signatures of unchanged commands stay as they are. */
const kept = existsSync(at("signatures.json")) ? JSON.parse(readFileSync(at("signatures.json"), "utf8")) : {};
for (const [name, text] of vectorFiles(kept)) writeFileSync(at(name), text);
