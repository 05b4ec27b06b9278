import type { Me } from "@hanyouxu/api";

/** Operators and regulators register stations and write rosters; the server refuses the rest all the same. */
export function managesStations(me: Me | null | undefined): boolean {
  return (
    me?.roles.some(
      ({ role, enterpriseId }) => enterpriseId === null && (role === "operator" || role === "regulator"),
    ) ?? false
  );
}
