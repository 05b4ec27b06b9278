import {
  certificateFamily,
  enterpriseDomain,
  enterpriseType,
  industrySections,
  machineState,
  mapFilter,
  type SentMapFilter,
  weldingProcess,
} from "@hanyouxu/api";
import { describe, expect, it } from "vitest";
import { FILTER_WORDS } from "./filter-words.ts";

type Field = keyof SentMapFilter;
const ID = "01a22025-ce30-728d-9163-4ac143f448bb";
const SAID: Record<Field, readonly string[]> = {
  region: ["33", "3307", "330723", "330723101"],
  states: [...machineState.options, machineState.options.join(",")],
  enterpriseTypes: enterpriseType.options,
  domains: enterpriseDomain.options,
  industries: [...industrySections.map(({ code }) => code), "C33", "C33,E"],
  processes: [...weldingProcess.options, weldingProcess.options.slice(0, 3).join(",")],
  isMobile: ["true", "false"],
  hasAlarm: ["true", "false"],
  isInKeyArea: ["true", "false"],
  keyAreaId: [ID, ID.toUpperCase()],
  certificateFamilies: certificateFamily.options,
  workedWithinHours: ["1", "24", "720"],
};
const NONSENSE = [
  "",
  ",",
  "x",
  "0",
  "721",
  "1.5",
  "-1",
  "33072",
  "maybe",
  ID.slice(1),
  "'; drop table",
  "C3",
  "welding,",
];
const fields = Object.keys(mapFilter.shape) as Field[];

describe("the words of the map's filter", () => {
  it("are there for each field that the platform has", () => {
    expect(Object.keys(FILTER_WORDS).toSorted()).toEqual(fields.toSorted());
  });

  it.each(fields)("%s: says all that can be chosen", (field) => {
    for (const text of SAID[field]) {
      expect([text, FILTER_WORDS[field](text)]).toEqual([text, true]);
      expect(mapFilter.shape[field].safeParse(text).success).toBe(true);
    }
  });

  it.each(fields)("%s: says nothing that the platform refuses", (field) => {
    const all = [...NONSENSE, ...Object.values(SAID).flat(), Array(21).fill(SAID[field][0]).join(",")];
    for (const text of all)
      if (!mapFilter.shape[field].safeParse(text).success)
        expect([text, FILTER_WORDS[field](text)]).toEqual([text, false]);
  });
});
