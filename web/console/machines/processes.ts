import type { Machine } from "@hanyouxu/api";

/** Complete by type: a process the contract adds is missing here until it is named. */
const named: Record<Machine["process"], true> = {
  SMAW: true,
  GMAW: true,
  GTAW: true,
  SAW: true,
  PAW: true,
  PAC: true,
  OFW: true,
  OFC: true,
  RW: true,
  BRAZING: true,
};

export const PROCESSES = Object.keys(named) as Machine["process"][];
