import type { CommonText } from "../text.ts";
import alarms from "./common-alarms.ts";
import cameras from "./common-cameras.ts";
import certificates from "./common-certificates.ts";
import clearances from "./common-clearances.ts";
import enterpriseWords from "./common-enterprises.ts";
import evidence from "./common-evidence.ts";
import keyArea from "./common-key-areas.ts";
import permit from "./common-permits.ts";
import rectification from "./common-rectification.ts";
import simultaneousWork from "./common-simultaneous-work.ts";
import telling from "./common-telling.ts";

const common: CommonText = {
  appName: "Hanyouxu",
  loading: "Loading…",
  retry: "Try again",
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  yes: "Yes",
  no: "No",
  switchLanguage: "简体中文",
  table: { actions: "Actions" },
  failure: {
    network: "The server cannot be reached. Check the network and try again.",
    unexpected: "Something went wrong. Try again; if it stays, tell an administrator.",
    page: "This page could not be opened",
    pageFix: "Try again. If the system was just upgraded, reload the page.",
  },
  alarms,
  enterprise: enterpriseWords,
  permit,
  keyArea,
  cameras,
  evidence,
  simultaneousWork,
  rectification,
  telling,
  reason: {
    article: "Art. {{number}}",
    clause: "Clause",
    fix: "What to do",
    unverified: "wording not verified",
  },
  state: {
    tampered: "Tampered",
    faulted: "Faulted",
    locked: "Locked",
    offline: "Offline",
    arcing: "Welding",
    energised: "Powered on",
    granted: "Granted",
    idle: "Idle",
  },
  role: {
    welder: "Welder",
    "enterprise-officer": "Enterprise safety officer",
    "station-staff": "Fire-station staff",
    regulator: "Regulator",
    installer: "Installer",
    operator: "Platform operator",
    "fire-watch": "Fire watch",
  },
  sessionStatus: { granted: "Granted", energised: "Working", ended: "Ended", "not-started": "Not started" },
  outcome: { grant: "Granted", refuse: "Refused", require: "More needed" },
  process: {
    SMAW: "Stick welding (SMAW)",
    GMAW: "MIG/MAG welding (GMAW)",
    GTAW: "TIG welding (GTAW)",
    SAW: "Submerged arc welding",
    PAW: "Plasma arc welding",
    PAC: "Plasma cutting",
    OFW: "Gas welding",
    OFC: "Gas cutting",
    RW: "Resistance welding",
    BRAZING: "Brazing",
  },
  family: {
    emergency: "Special-operation certificate (emergency management)",
    construction: "Construction special-operation qualification (housing)",
    "special-equipment": "Special-equipment operator certificate (market regulation)",
  },
  certificateItem: {
    "fusion-welding-thermal-cutting": "Fusion welding and thermal cutting",
    "pressure-welding": "Pressure welding",
    brazing: "Brazing",
    "building-welder": "Building welder",
  },
  certificateStatus: { valid: "Valid", suspended: "Suspended", revoked: "Revoked" },
  endReason: {
    stopped: "Stopped",
    "grant-expired": "The grant expired",
    "energised-limit": "Longest time under power reached",
    idle: "Switched off after a long time without an arc",
    tamper: "Switched off: the chip was tampered with",
    gas: "Switched off: combustible gas over the limit",
    fence: "Left the permitted area",
    locked: "The machine was locked",
    emergency: "Emergency order to switch off",
    fault: "Chip fault",
    "power-lost": "The machine lost its power",
    "watch-absent": "The fire watch left",
    malformed: "The chip could not read the grant",
    untrusted: "The grant's signature is not trusted",
    "wrong-audience": "The grant is for another machine",
    replayed: "The grant was used before",
    expired: "The grant arrived too late",
    "not-yet-valid": "The grant is not valid yet",
    "clock-unknown": "The chip does not know the time yet",
    "state-changed": "The machine's state has just changed",
    faulted: "Chip fault",
    busy: "The machine is in use",
    "outside-fence": "The machine is outside the permitted area",
    "unknown-session": "The chip does not know this work",
    unsupported: "The chip's version does not support it",
    "gas-warming-up": "The gas sensor is warming up",
    "gas-calibration-overdue": "The gas sensor's calibration is overdue",
    "gas-uninspected": "The place was not inspected after the gas cut",
    "no-answer": "The machine did not answer",
    revoked: "The grant was revoked",
    unknown: "Reason unknown",
  },
  certificates,
  clearances,
};

export default common;
