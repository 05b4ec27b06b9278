import type { Me } from "@hanyouxu/api";
import { maySee } from "../../ui/may-see.ts";

type Person = Me | null | undefined;

/** What a page shows that not everybody may see; pages that are not named are everybody's. */
const NEEDS: Readonly<Record<string, (me: Person) => boolean>> = {
  "/": (me) => maySee(me, "machines", "counts"),
  "/machines": (me) => maySee(me, "machines"),
  "/movement": (me) => maySee(me, "machines"),
  "/sessions": (me) => maySee(me, "sessions"),
  "/permits": (me) => maySee(me, "sessions"),
  "/decisions": (me) => maySee(me, "decisions"),
  "/key-areas": (me) => maySee(me, "keyAreas"),
  "/staff": (me) => managesStaff(me),
  "/sharing": (me) => managesStaff(me),
  "/audit": (me) => managesStaff(me) && maySee(me, "people"),
  "/personal": (me) => managesStaff(me) && maySee(me, "people"),
};

/** Whether the menu offers a page to the person; the server refuses the rest all the same. */
export function maySeePage(me: Person, to: string): boolean {
  return NEEDS[to]?.(me) ?? true;
}

/** Operators and regulators of a region manage the accounts in it. */
function managesStaff(me: Person): boolean {
  return (
    me?.roles.some(
      ({ role, enterpriseId }) => enterpriseId === null && (role === "operator" || role === "regulator"),
    ) ?? false
  );
}
