import type { Me, Role } from "@hanyouxu/api";

const ORDERING: readonly Role[] = ["operator", "regulator", "station-staff"];

/** Who orders firms to rectify and re-inspects; the server refuses the rest all the same. */
export function mayOrder(me: Me | null | undefined): boolean {
  const isAuthority = me?.roles.some(
    ({ role, enterpriseId }) => enterpriseId === null && ORDERING.includes(role),
  );
  return me?.mayCommand === true && isAuthority === true;
}
