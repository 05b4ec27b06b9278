import { expect, test } from "vitest";
import { writeWorkbook } from "./sheets.ts";

test("what is written may be larger than what is read from outside: a campaign of a whole province", async () => {
  // As many letters as 200,000 rows have, in fewer cells: written sooner.
  const text = "演示".repeat(4_000);
  const rows = Array.from({ length: 13_000 }, (_, number) => [`${number}`, text]);
  const bytes = await writeWorkbook([{ name: "演示", widths: [10, 40], rows }]);
  expect(Buffer.from(bytes.subarray(0, 2)).toString()).toBe("PK");
});
