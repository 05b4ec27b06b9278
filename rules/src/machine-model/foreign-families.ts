/**
 * Makers' own designations that are common in workshops and are not of GB/T 10249. Source: knowledge of the trade,
 * unverified; a family without a process is one that the maker builds for several.
 */
import type { WeldingProcess } from "../process.ts";

export interface ForeignFamily {
  family: string;
  maker: string | null;
  /** Over the designation in its one spelling; a group `amps` is the rated current. */
  pattern: RegExp;
  process: WeldingProcess | null;
}

function family(
  maker: string | null,
  name: string,
  pattern: RegExp,
  process: WeldingProcess | null,
): ForeignFamily {
  return { family: name, maker, pattern, process };
}

export const foreignFamilies: readonly ForeignFamily[] = [
  family("Panasonic", "KR", /^KR(?:I{1,3})?-?(?<amps>\d{3})/, "GMAW"),
  family("Panasonic", "YD", /^YD-?(?<amps>\d{3})(?:AT|SS)/, "SMAW"),
  family("Panasonic", "YD", /^YD-?(?<amps>\d{3})[A-Z]/, "GMAW"),
  family("Panasonic", "YM", /^YM-?(?<amps>\d{3})[A-Z]/, "GMAW"),
  family("Panasonic", "YC", /^YC-?(?<amps>\d{3})[A-Z]/, "GTAW"),
  family("Panasonic", "YP", /^YP-?(?<amps>\d{3})P/, "PAC"),
  family("Panasonic", "YR", /^YR-?\d{3}[A-Z]/, "RW"),
  family("OTC", "XD", /^XD-?(?<amps>\d{3})[A-Z]?/, "GMAW"),
  family("OTC", "CPVE", /^CPVE-?(?<amps>\d{3})/, "GMAW"),
  family("OTC", "DM", /^DM-?(?<amps>\d{3})/, "GMAW"),
  family("OTC", "DP", /^DP-?(?<amps>\d{3})/, "GMAW"),
  family("OTC", "DL", /^DL-?(?<amps>\d{3})/, "GMAW"),
  family("OTC", "DT", /^DT-?(?<amps>\d{3})P/, "GTAW"),
  family("OTC", "DA", /^DA-?(?<amps>\d{3})P/, "GTAW"),
  family("OTC", "VRTP", /^VRTPM?-?(?<amps>\d{3})/, "GTAW"),
  family("Megmeet", "Artsen", /^ARTSEN/, "GMAW"),
  family("Megmeet", "Ehave", /^EHAVE/, "GMAW"),
  family("Fronius", "TPS", /^TPS-?(?<amps>\d{3,4})/, "GMAW"),
  family("Fronius", "TransSteel", /^TRANSSTEEL-?(?<amps>\d{4})/, "GMAW"),
  family("Fronius", "TransPocket", /^TRANSPOCKET/, "SMAW"),
  family("Fronius", "MagicWave", /^MAGICWAVE-?(?<amps>\d{3,4})/, "GTAW"),
  family("Fronius", "TransTig", /^TRANSTIG-?(?<amps>\d{3,4})/, "GTAW"),
  family("Lincoln", "Power Wave", /^POWERWAVE/, null),
  family("Lincoln", "Invertec", /^INVERTEC/, null),
  family("Lincoln", "Flextec", /^FLEXTEC-?(?<amps>\d{3})/, null),
  family("Lincoln", "Idealarc", /^IDEALARC/, null),
  family("Lincoln", "Tomahawk", /^TOMAHAWK/, "PAC"),
  family("Miller", "XMT", /^XMT-?(?<amps>\d{3})/, null),
  family("Miller", "Syncrowave", /^SYNCROWAVE-?(?<amps>\d{3})/, "GTAW"),
  family("Miller", "Dynasty", /^DYNASTY-?(?<amps>\d{3})/, "GTAW"),
  family("Miller", "Maxstar", /^MAXSTAR-?(?<amps>\d{3})/, "GTAW"),
  family("Miller", "Millermatic", /^MILLERMATIC-?(?<amps>\d{3})/, "GMAW"),
  family("Miller", "Deltaweld", /^DELTAWELD-?(?<amps>\d{3})/, "GMAW"),
  family("ESAB", "Warrior", /^WARRIOR-?(?<amps>\d{3})/, null),
  family("ESAB", "Rebel", /^REBEL/, null),
  family("ESAB", "Aristo", /^ARISTO/, null),
  family("ESAB", "LAF", /^LAF-?(?<amps>\d{3,4})/, "SAW"),
  family("ESAB", "TAF", /^TAF-?(?<amps>\d{3,4})/, "SAW"),
  family("ESAB", "Caddy Tig", /^CADDYTIG/, "GTAW"),
  family("Kemppi", "FastMig", /^FASTMIG/, "GMAW"),
  family("Kemppi", "MinarcMig", /^MINARCMIG/, "GMAW"),
  family("Kemppi", "MinarcTig", /^MINARCTIG/, "GTAW"),
  family("Kemppi", "Minarc", /^MINARC/, "SMAW"),
  family("Kemppi", "MasterTig", /^MASTERTIG/, "GTAW"),
  family("Kemppi", "X8", /^X8-?MIG/, "GMAW"),
  family("EWM", "Phoenix", /^PHOENIX-?(?<amps>\d{3})/, "GMAW"),
  family("EWM", "Taurus", /^TAURUS-?(?<amps>\d{3})/, "GMAW"),
  family("EWM", "Tetrix", /^TETRIX-?(?<amps>\d{3})/, "GTAW"),
  family("EWM", "Pico", /^PICO-?(?<amps>\d{3})/, "SMAW"),
  family("Hypertherm", "Powermax", /^POWERMAX-?(?<amps>\d{2,3})/, "PAC"),
  family("Hypertherm", "MaxPro", /^MAXPRO-?(?<amps>\d{3})/, "PAC"),
  family("Hypertherm", "XPR", /^XPR-?(?<amps>\d{3})/, "PAC"),
  family("Hypertherm", "HPR", /^HPR-?(?<amps>\d{3})/, "PAC"),
  family("Thermal Dynamics", "Cutmaster", /^CUTMASTER/, "PAC"),
  family("Kjellberg", "HiFocus", /^HIFOCUS/, "PAC"),
  // Words of the trade in place of a designation, by many makers.
  family(null, "ARC", /^(?:ARC|MMA)-?(?<amps>\d{3})(?!\d)/, "SMAW"),
  family(null, "MIG", /^(?:MIG|MAG)-?(?<amps>\d{3})(?!\d)/, "GMAW"),
  family(null, "TIG", /^TIG-?(?<amps>\d{3})(?!\d)/, "GTAW"),
  family(null, "CUT", /^CUT-?(?<amps>\d{2,3})(?!\d)/, "PAC"),
];
