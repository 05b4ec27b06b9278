import type { CertificateFamily } from "./certificate-family.ts";
import type { WeldingProcess } from "./process.ts";
import type { Text } from "./text.ts";

/** One item that a certificate can be issued for, and the processes that the platform takes it to cover. */
export interface CertificateItem {
  family: CertificateFamily;
  /** For `special-equipment`: the method at the head of the TSG Z6002 code. */
  id: string;
  title: Text;
  processes: readonly WeldingProcess[];
  /** False: the catalogue or code of the issuer has not been read by us; the row is the platform's reading. */
  verified: boolean;
}

const fusion: readonly WeldingProcess[] = ["SMAW", "GMAW", "GTAW", "SAW", "PAW", "PAC", "OFW", "OFC"];

/** Certificate family × item → processes. */
export const certificateItems: readonly CertificateItem[] = [
  item(
    "emergency",
    "fusion-welding-thermal-cutting",
    "熔化焊接与热切割作业",
    "fusion welding, thermal cutting",
    fusion,
  ),
  item("emergency", "pressure-welding", "压力焊作业", "pressure welding", ["RW"]),
  item("emergency", "brazing", "钎焊作业", "brazing", ["BRAZING"]),
  // A trade that provinces add to the national list; read as the work of a building site.
  item("construction", "building-welder", "建筑焊工", "building welder", [
    "SMAW",
    "GMAW",
    "GTAW",
    "PAC",
    "OFW",
    "OFC",
  ]),
  item("special-equipment", "SMAW", "焊条电弧焊", "SMAW", ["SMAW"]),
  item("special-equipment", "GMAW", "熔化极气体保护焊", "GMAW", ["GMAW"]),
  item("special-equipment", "FCAW", "药芯焊丝电弧焊", "FCAW", ["GMAW"]),
  item("special-equipment", "GTAW", "钨极气体保护焊", "GTAW", ["GTAW"]),
  item("special-equipment", "SAW", "埋弧焊", "SAW", ["SAW"]),
  item("special-equipment", "PAW", "等离子弧焊", "PAW", ["PAW"]),
  item("special-equipment", "OFW", "气焊", "OFW", ["OFW"]),
];

/**
 * Processes that a certificate's item covers; empty for an item nobody knows.
 * `itemId` of `special-equipment` may be the whole printed code, such as `GTAW-FeⅡ-6G-3/159-FefS-02/11/12`, or
 * several joined by `+` or white space.
 */
export function processesOfItem(family: CertificateFamily, itemId: string): readonly WeldingProcess[] {
  const ids =
    family === "special-equipment"
      ? itemId.split(/[+\s]+/).map((code) => code.split("-")[0]!.toUpperCase())
      : [itemId];
  const found = certificateItems.filter((entry) => entry.family === family && ids.includes(entry.id));
  return [...new Set(found.flatMap((entry) => entry.processes))];
}

function item(
  family: CertificateFamily,
  id: string,
  zh: string,
  en: string,
  processes: readonly WeldingProcess[],
): CertificateItem {
  return { family, id, title: { zh, en }, processes, verified: false };
}
