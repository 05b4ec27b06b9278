/** `node api/generate-openapi.ts`: writes the API's description anew; a test fails when it is out of date. */
import { writeFileSync } from "node:fs";
import { openapiDocument } from "./src/openapi.ts";

writeFileSync(new URL("./openapi.json", import.meta.url), `${JSON.stringify(openapiDocument(), null, 2)}\n`);
