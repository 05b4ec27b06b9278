import { certificateFamilies } from "@hanyouxu/rules";
import { z } from "zod";
import { enterpriseDomain, enterpriseType } from "./enterprises.ts";
import { industryName } from "./industries.ts";
import { bilingual } from "./language.ts";
import { machineState, weldingProcess } from "./machines.ts";
import { regionCode } from "./sign-in.ts";

const MOST_CHOICES = 20;

/** Some of a set, as one text with commas between them: a filter is the same in an address and on the socket. */
function someOf<Item extends z.ZodType<string, string>>(item: Item) {
  return z
    .string()
    .max(1_000)
    .transform((text) => text.split(","))
    .pipe(z.array(item).min(1).max(MOST_CHOICES));
}

const industryCode = z.string().refine((code) => industryName(code) !== undefined, {
  error: bilingual(
    "行业代码应为 GB/T 4754 的门类字母，或门类字母加两位大类，如 C33",
    "An industry is a letter of GB/T 4754, or the letter and two digits such as C33",
  ),
});

/**
 * Which machines the map shows, counts and lists: every field narrows, an absent one does not. The same in tiles, counts,
 * lists, the live socket and its fallback.
 */
export const mapFilterFields = {
  /** With all regions below it. */
  region: regionCode.optional(),
  states: someOf(machineState).optional(),
  enterpriseTypes: someOf(enterpriseType).optional(),
  domains: someOf(enterpriseDomain).optional(),
  /** A section's letter stands for all of its divisions. */
  industries: someOf(industryCode).optional(),
  processes: someOf(weldingProcess).optional(),
  /** As said by hand, else as found by where it worked, else as registered. */
  isMobile: z.stringbool().optional(),
  /** Whether an alarm of the machine is open. */
  hasAlarm: z.stringbool().optional(),
  /** Whether the machine is followed to be inside any key area. */
  isInKeyArea: z.stringbool().optional(),
  keyAreaId: z.uuid().optional(),
  /** Families of the certificates in force of who holds the machine now. */
  certificateFamilies: someOf(z.enum(certificateFamilies)).optional(),
  /** Energised at some time within so many hours. */
  workedWithinHours: z.coerce.number().int().min(1).max(720).optional(),
};

export const mapFilter = z.object(mapFilterFields);
/** As the server reads it. */
export type MapFilter = z.output<typeof mapFilter>;
/** As a page sends it: texts, in an address or on the socket. */
export type SentMapFilter = z.input<typeof mapFilter>;
