import { useMe } from "../../ui/use-me.ts";

/** The region that whoever is signed in sets numbers for; undefined for the whole platform's operator. */
export function useOwnRegion(): string | undefined {
  const grant = useMe().data?.roles.find(
    ({ role, region }) => region !== null && (role === "regulator" || role === "operator"),
  );
  return grant?.region ?? undefined;
}
