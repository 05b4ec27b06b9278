import type { CommonText } from "../text.ts";

const clearances: CommonText["clearances"] = {
  phase: {
    preparing: "Preparing",
    checking: "Scene being checked",
    referred: "With the fire station",
    "watch-missing": "Waiting for the fire watch",
    ready: "Ready to start",
    working: "Working",
    paused: "Paused",
    smouldering: "Smoulder watch",
    closed: "Closed",
    forbidden: "Forbidden",
    cancelled: "Cancelled",
    expired: "Expired",
  },
  step: {
    permit: "Hot-work permit",
    scene: "Pictures and video of the scene",
    check: "Scene check",
    watch: "Fire watch on duty",
    work: "Hot work",
    smoulder: "Smoulder watch",
  },
  stepStatus: {
    open: "To do now",
    waiting: "Waiting",
    blocked: "Not yet",
    done: "Done",
    "not-demanded": "Not needed",
  },
  hazard: {
    "combustibles-near": "Combustibles near",
    "no-extinguisher": "No extinguisher",
    "openings-uncovered": "Openings not covered",
    "cylinders-too-near": "Cylinders too near",
    "no-fire-blanket": "No fire blanket or spark tray",
    "no-protective-gear": "No protective gear",
    "people-in-area": "People in the area",
    "liquids-or-gas-near": "Flammable liquids or gas near",
    "wrong-place": "Not the hot-work place",
    "not-visible": "Cannot be seen",
    other: "Other",
  },
  unsure: "Possible",
  checkStatus: { waiting: "Waiting", pass: "Passed", fail: "Failed", refer: "Referred to the station" },
  attempt: "Attempt {{count}}",
  evidence: { photo: "Picture", video: "Video", taken: "{{kind}}, taken at {{at}}" },
  /** What has to be seen in a picture, so that it cannot have been prepared. */
  cause: { scene: "Scene check", smoulder: "Smouldering" },
  call: {
    alerted: "Called, not yet accepted",
    accepted: "Accepted, on the way",
    "on-site": "At the place",
    released: "Released",
    forbidden: "Forbidden",
  },
  watch: { present: "On duty", asked: "Confirm that you are here", warned: "Warning: away", absent: "Away" },
  permitStatus: { waiting: "Waiting for approval", approved: "Approved", suspended: "Suspended" },
};

export default clearances;
