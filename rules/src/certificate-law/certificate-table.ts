import type { CertificateFamily } from "../certificate-family.ts";
import { certificateBasis } from "../certificate-family.ts";
import type { CivilDay } from "../civil-day.ts";
import type { LawClause } from "../clause.ts";
import type { WeldingProcess } from "../process.ts";
import type { WorkRegime } from "./work-regime.ts";

/** One wording of what counts in a regime, for as long as its clause is in force. */
export interface RegimeLaw {
  regime: WorkRegime;
  version: number;
  effectiveFrom: CivilDay;
  effectiveTo?: CivilDay;
  clause: LawClause;
  /** Families that count for a process, the most usual first. */
  familiesFor(process: WeldingProcess): readonly CertificateFamily[];
}

const begin: CivilDay = "2020-01-01";
const lastDayOfOrder30: CivilDay = "2026-05-31";
const firstDayOfOrder19: CivilDay = "2026-06-01";

const everyFamily: readonly CertificateFamily[] = ["emergency", "construction", "special-equipment"];

/** Joining methods that the codes of TSG Z6002 name; cutting and the rest stay with the emergency family. */
const tsgProcesses: readonly WeldingProcess[] = ["SMAW", "GMAW", "GTAW", "SAW", "PAW", "OFW"];

/**
 * Which certificate counts where. The documents are pointers: none of their texts has been read by us, and where we
 * know of no text that shuts a family out, it counts. Each row is the platform's reading until somebody has read it.
 */
export const regimeLaws: readonly RegimeLaw[] = [
  ...underTheOrders("general", () => everyFamily),
  {
    regime: "building-site",
    version: 1,
    effectiveFrom: begin,
    clause: unread(
      "住房和城乡建设主管部门关于建筑施工特种作业人员的规定",
      "the housing authority's rules on special operations in construction",
    ),
    // The building welder is a trade that provinces add: where a province has none, the emergency family stands in.
    familiesFor: () => ["construction", "emergency"],
  },
  {
    regime: "special-equipment",
    version: 1,
    effectiveFrom: begin,
    clause: unread("TSG Z6002 特种设备焊接操作人员考核细则", "TSG Z6002"),
    familiesFor: (process) => (tsgProcesses.includes(process) ? ["special-equipment"] : ["emergency"]),
  },
  ...underTheOrders("chemical", () => ["emergency"]),
  {
    regime: "crowded-place",
    version: 1,
    effectiveFrom: begin,
    // The notice names all three families.
    clause: unread("安委〔2024〕12号", "notice An Wei [2024] No. 12"),
    familiesFor: () => everyFamily,
  },
];

/** Order 19 took the place of Order 30: the same reading in two wordings by date. */
function underTheOrders(regime: WorkRegime, familiesFor: RegimeLaw["familiesFor"]): RegimeLaw[] {
  const clauseOn = (day: CivilDay) => certificateBasis("emergency", day) as LawClause;
  return [
    {
      regime,
      version: 1,
      effectiveFrom: begin,
      effectiveTo: lastDayOfOrder30,
      clause: clauseOn(lastDayOfOrder30),
      familiesFor,
    },
    {
      regime,
      version: 2,
      effectiveFrom: firstDayOfOrder19,
      clause: clauseOn(firstDayOfOrder19),
      familiesFor,
    },
  ];
}

function unread(zh: string, en: string): LawClause {
  return { kind: "law", source: { zh, en }, article: null, verified: false };
}
