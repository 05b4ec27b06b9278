import type { AlarmSummary } from "@hanyouxu/api";
import { describe, expect, test } from "vitest";
import { withTold } from "./with-told.ts";

const open = { pageSize: 3, isOpen: "true" } as const;

function alarm(alarmId: string, changes: Partial<AlarmSummary> = {}): AlarmSummary {
  return {
    alarmId,
    kind: "tamper",
    severity: "danger",
    condition: "active",
    handling: "unacknowledged",
    raisedAt: "2026-11-23T03:30:00.000Z",
    closedAt: null,
    region: "330723",
    enterpriseId: null,
    machineId: null,
    revision: 1,
    ...changes,
  } as AlarmSummary;
}
const closed = { handling: "closed", closedAt: "2026-11-23T04:00:00.000Z", revision: 2 } as const;
const later = (minute: number) => ({ raisedAt: `2026-11-23T03:${minute}:00.000Z` });

function list(items: AlarmSummary[], total = items.length) {
  return { items, total, page: 1, pageSize: 3 };
}
const ids = ({ items }: { items: readonly AlarmSummary[] }) => items.map(({ alarmId }) => alarmId);

describe("a list with what was told since it was read", () => {
  test("a new one stands at its place: dangers first, then the newest", () => {
    const page = list([alarm("a"), alarm("n", { severity: "notice" })]);
    const told = [alarm("w", { severity: "warning" }), alarm("b", later(31))];
    expect(ids(withTold(page, told, { ...open, pageSize: 9 }))).toEqual(["b", "a", "w", "n"]);
    expect(withTold(page, told, { ...open, pageSize: 9 }).total).toBe(4);
  });

  test("the page stays as long as it is", () => {
    const page = list([alarm("a"), alarm("b"), alarm("c")], 12);
    const shown = withTold(page, [alarm("d", later(31))], open);
    expect([ids(shown), shown.total]).toEqual([["d", "c", "b"], 12]);
  });

  test("of two copies the newer one counts, whichever was told", () => {
    const acknowledged = alarm("a", { handling: "acknowledged", revision: 2 });
    expect(withTold(list([alarm("a")]), [acknowledged], open).items).toEqual([acknowledged]);
    expect(withTold(list([acknowledged]), [alarm("a")], open).items).toEqual([acknowledged]);
  });

  test("one that no longer belongs is gone", () => {
    expect(ids(withTold(list([alarm("a"), alarm("b")]), [alarm("a", closed)], open))).toEqual(["b"]);
    expect(ids(withTold(list([alarm("a")]), [alarm("a", closed)], { pageSize: 3 }))).toEqual(["a"]);
  });

  test.each([
    { severity: "warning" },
    { kind: "gas-cut" },
    { condition: "cleared" },
    { handling: "acknowledged" },
    { region: "330724" },
    { enterpriseId: "e" },
    { machineId: "m" },
    { from: later(31).raisedAt },
    { to: later(30).raisedAt },
    { page: 2 },
    { isOverdue: "true" },
    { isMine: "true" },
    { isMyDepartments: "true" },
  ] as const)("a new one does not come where %o is asked for", (asked) => {
    expect(ids(withTold(list([]), [alarm("a")], { ...open, ...asked }))).toEqual([]);
  });

  test("a new one comes where all that is asked for is so", () => {
    const asked = { severity: "danger", kind: "tamper", region: "3307", from: later(30).raisedAt } as const;
    expect(ids(withTold(list([]), [alarm("a")], { ...open, ...asked }))).toEqual(["a"]);
  });

  test("history comes only where it is asked for", () => {
    const recorded = alarm("a", { handling: "recorded", ...later(31) });
    expect(ids(withTold(list([]), [recorded], { pageSize: 3 }))).toEqual([]);
    expect(ids(withTold(list([]), [recorded], { pageSize: 3, withRecorded: "true" }))).toEqual(["a"]);
  });

  test("on later pages changed ones are as they now are", () => {
    const page = list([alarm("a"), alarm("b")], 30);
    const acknowledged = alarm("b", { handling: "acknowledged", revision: 2 });
    expect(withTold(page, [acknowledged], { ...open, page: 2 }).items).toEqual([alarm("a"), acknowledged]);
  });
});
