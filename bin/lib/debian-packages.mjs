// Programs that come from Debian, not npm: a browser and fonts for the end-to-end tests, the external broker and
// database that server mode is tested against. Starting the demo needs none of them.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { runChild } from "./child.mjs";
import { Stop, say } from "./say.mjs";

/** What a test run needs: the package, and the program that shows its presence on a system that is not Debian. */
export const testPackages = [
  { name: "chromium-headless-shell", program: "chromium-headless-shell" },
  { name: "fonts-noto-cjk" },
  { name: "libgl1-mesa-dri" },
  { name: "libegl1" },
  { name: "libgles2" },
  { name: "ffmpeg", program: "ffmpeg" },
  { name: "poppler-utils", program: "pdftoppm" },
  { name: "openssl", program: "openssl" },
  { name: "mosquitto", program: "mosquitto", service: "mosquitto" },
  { name: "postgresql-15", program: "initdb", service: "postgresql" },
];

/** The two that server mode needs. */
export const serverPackages = testPackages.filter(({ service }) => service !== undefined);

/** Those, and the whole browser that people have. */
export const benchPackages = [...serverPackages, { name: "chromium", program: "chromium" }];

function isOnPath(program) {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  return folders.some((folder) => existsSync(`${folder}/${program}`));
}

/**
 * The names that `dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n'` prints as installed ("ii").
 * @param {string} text
 */
export function installedNames(text) {
  const lines = text.split("\n").map((line) => line.trim().split(/\s+/));
  return new Set(lines.filter(([, status]) => status === "ii").map(([name]) => name));
}

function missingPackages(packages) {
  const names = packages.map(({ name }) => name);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's own
  const query = spawnSync("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Abbrev}\n", ...names], {
    encoding: "utf8",
  });
  if (query.error)
    return { debian: false, missing: packages.filter(({ program }) => program && !isOnPath(program)) };
  const installed = installedNames(query.stdout);
  return { debian: true, missing: packages.filter(({ name }) => !installed.has(name)) };
}

/** `[]` for root, `["sudo", "-n"]` where sudo asks for no password, undefined where neither holds. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = spawnSync("sudo", ["-n", "true"], { stdio: "ignore" });
  return sudo.status === 0 ? ["sudo", "-n"] : undefined;
}

/** Tests start their own broker and database on loopback; the services that installing has started are not needed. */
async function stopServices(prefix, packages) {
  const services = packages.flatMap(({ service }) => service ?? []);
  if (services.length === 0) return;
  const commands = existsSync("/run/systemd/system")
    ? [["systemctl", "disable", "--now", "--quiet", ...services]]
    : services.flatMap((service) => [
        ["service", service, "stop"],
        ["update-rc.d", service, "disable"],
      ]);
  for (const command of commands) {
    const [file, ...args] = [...prefix, ...command];
    spawnSync(file, args, { stdio: "ignore" });
  }
  say(
    `stopped and disabled the system services ${services.join(", ")} that came with them: tests start their own`,
  );
}

/**
 * Installs what is missing of `packages` when we may, otherwise ends with the exact command to run.
 * @param {readonly { name: string, program?: string, service?: string }[]} packages
 */
export async function ensureDebianPackages(packages) {
  const { debian, missing } = missingPackages(packages);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  if (!debian) {
    throw new Stop(
      `needed and not found on this system: ${names.join(", ")} (Debian's names); install them first`,
    );
  }
  const install = [
    "apt-get",
    "install",
    "-y",
    "--no-install-recommends",
    "-o",
    "DPkg::Lock::Timeout=120",
    ...names,
  ];
  const prefix = rootPrefix();
  if (!prefix) {
    throw new Stop(`Debian packages are missing and installing them needs root. Run this once, then try again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(" ")}`);
  }
  say(`installing Debian packages, once: ${names.join(" ")}`);
  const asRoot = ([file, ...args]) => {
    const [first, ...rest] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", file, ...args];
    return runChild(first, rest, { stdout: 2 });
  };
  const hasLists = existsSync("/var/lib/apt/lists") && readdirSync("/var/lib/apt/lists").length > 3;
  let exitCode = hasLists ? await asRoot([...install, "-qq"]) : 1;
  // The lists may be absent or older than the archive.
  if (exitCode !== 0) {
    exitCode = (await asRoot(["apt-get", "update", "-qq"])) || (await asRoot([...install, "-qq"]));
  }
  if (exitCode !== 0)
    throw new Stop(`apt-get could not install ${names.join(" ")}; its message is above`, exitCode);
  await stopServices(prefix, missing);
}
