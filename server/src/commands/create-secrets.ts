/** `node server/src/commands/create-secrets.ts FOLDER`: makes the secrets that several servers share. */
import { createSecrets } from "../config/secrets.ts";

const [folder] = process.argv.slice(2);
if (!folder) {
  process.stderr.write("用法 / usage: node server/src/commands/create-secrets.ts FOLDER\n");
  process.exitCode = 2;
} else {
  const written = createSecrets(folder);
  process.stdout.write(written.length === 0 ? "已全部存在 / all there already\n" : `${written.join("\n")}\n`);
}
