import { expect, test } from "vitest";
import { ranked } from "./score-year.ts";

const firms = (ranks: readonly number[], hits: readonly number[]) =>
  ranks.map((rank, index) => ({ rank, hit: hits.includes(index) }));

test("a ranking that knows all has an AUC of one, its reverse of none, one that knows nothing of a half", () => {
  const ten = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  expect(ranked(firms(ten, [0, 1]))).toEqual({ auc: 1, precision: 1 });
  expect(ranked(firms(ten.toReversed(), [0, 1]))).toEqual({ auc: 0, precision: 0 });
  expect(
    ranked(
      firms(
        ten.map(() => 5),
        [0, 1],
      ),
    ),
  ).toEqual({ auc: 0.5, precision: 0.2 });
});
