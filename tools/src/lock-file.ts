/** One entry of package-lock.json (lockfileVersion 3): what a package needs, by name. */
interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** The parts of package-lock.json that tell whether it is whole. */
export interface LockFile {
  packages: Record<string, LockedPackage>;
}

/**
 * What a lock file names without holding it, as `who → what`. npm leaves other platforms' optional packages out when it
 * writes the file beside an installed `node_modules`; `npm ci` then refuses on a bare clone, where it matters first.
 */
export function findMissingPackages({ packages }: LockFile): string[] {
  return Object.entries(packages).flatMap(([path, locked]) => {
    const isOurs = !path.includes("node_modules/");
    const names = Object.keys({
      ...locked.dependencies,
      ...locked.optionalDependencies,
      ...(isOurs ? locked.devDependencies : {}),
    });
    return names
      .filter((name) => !placesToLook(path).some((place) => `${place}node_modules/${name}` in packages))
      .map((name) => `${path || "package.json"} → ${name}`);
  });
}

/** The folders in which Node looks for what a package imports, innermost first, each ending in "/" or empty. */
function placesToLook(path: string): string[] {
  const parts = path.split("node_modules/");
  const outer = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join("node_modules/"));
  return [...(path ? [`${path}/`] : []), ...outer.reverse(), ""];
}
