import type { PersonId, WorkSessionId } from "@hanyouxu/protocol";
import { describe, expect, test } from "vitest";
import { isReadyToStart, phaseOf, shownSteps } from "./clearance-phase.ts";
import { defaultClearancePolicy as policy } from "./clearance-policy.ts";
import type { ClearanceEffect, ClearanceEvent, ClearanceRefusal, ClearanceState } from "./clearance-state.ts";
import { failsToCarry, openClearance } from "./open-clearance.ts";
import { stepClearance } from "./step-clearance.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 26, 1);
const welder = "welder" as PersonId;
const watch = "watch" as PersonId;
const second = "second" as PersonId;
const approver = "approver" as PersonId;
const session = "session-1" as WorkSessionId;
const permitId = "permit-1";

const all = { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true };
const approved: ClearanceEvent = {
  kind: "permit-approved",
  permitId,
  approverId: approver,
  validFromMs: START,
  validToMs: START + 8 * 60 * MINUTE,
};

/** A clearance driven on virtual time; every step must be taken unless it says why not. */
class Drive {
  state: ClearanceState;
  effects: ClearanceEffect[] = [];
  nowMs = START;

  constructor(demands = all) {
    this.state = openClearance(START, {
      demands,
      welderPersonId: welder,
      smoulderPlan: { minutes: 30, checkEveryMinutes: 15 },
    });
  }

  on(event: ClearanceEvent, refusal?: ClearanceRefusal): this {
    const stepped = stepClearance(this.state, event, policy, this.nowMs, 0);
    expect(stepped.refusal, `${event.kind}`).toBe(refusal);
    this.state = stepped.state;
    this.effects.push(...stepped.effects);
    return this;
  }

  wait(minutes: number): this {
    this.nowMs += minutes * MINUTE;
    return this.on({ kind: "time" });
  }

  /** What was told and done since the last call. */
  news(): string[] {
    const said = this.effects.map((effect) => (effect.kind === "tell" ? effect.what : effect.kind));
    this.effects = [];
    return [...new Set(said)];
  }

  get phase() {
    return phaseOf(this.state);
  }
}

function permitted(): Drive {
  return new Drive().on({ kind: "permit-attached", permitId }).on(approved);
}

function sceneShown(
  drive: Drive,
  verdict: "pass" | "fail" | "refer",
  sceneCheckId = `check-${verdict}`,
): Drive {
  return drive
    .on({ kind: "scene-submitted", sceneCheckId })
    .on({ kind: "scene-judged", sceneCheckId, verdict });
}

function watched(): Drive {
  return sceneShown(permitted(), "pass").on({ kind: "watch-confirmed", personId: watch });
}

function working(): Drive {
  return watched().on({ kind: "session-started", workSessionId: session });
}

describe("from the entry to the closed smoulder watch", () => {
  test("every step is needed, in its order", () => {
    const drive = new Drive();
    const start = { kind: "session-started", workSessionId: session } as const;
    expect(drive.phase).toBe("preparing");
    drive.on(start, "not-ready");
    drive.on({ kind: "permit-attached", permitId }).on(start, "not-ready");
    drive.on({ kind: "watch-confirmed", personId: watch }, "permit-not-approved");
    drive.on(approved).on(start, "not-ready");
    drive.on({ kind: "watch-confirmed", personId: watch }, "scene-not-passed");
    drive.on({ kind: "scene-submitted", sceneCheckId: "a" });
    expect(drive.phase).toBe("checking");
    drive.on(start, "not-ready").on({ kind: "scene-judged", sceneCheckId: "a", verdict: "pass" });
    expect(drive.phase).toBe("watch-missing");
    drive.on(start, "not-ready").on({ kind: "watch-confirmed", personId: watch });
    expect(drive.phase).toBe("ready");
    drive.on(start);
    expect(drive.phase).toBe("working");
  });

  test("work, a break, work again, the end, the smoulder watch and the closed record", () => {
    const drive = working().wait(5).on({ kind: "session-ended", workSessionId: session });
    expect(drive.phase).toBe("ready");
    drive.wait(2).on({ kind: "session-started", workSessionId: "session-2" as WorkSessionId });
    drive.on({ kind: "work-finished", permitContinues: false }, "session-runs");
    drive.on({ kind: "session-ended", workSessionId: "session-2" as WorkSessionId });
    drive.on({ kind: "work-finished", permitContinues: false });
    expect(drive.phase).toBe("smouldering");
    expect(isReadyToStart(drive.state, drive.nowMs)).toBe(false);
    drive.on({ kind: "smoulder-closed" }, "smoulder-too-early");
    drive.wait(15).on({ kind: "smoulder-checked", isSafe: true });
    drive.wait(14.99).on({ kind: "smoulder-closed" }, "smoulder-too-early");
    drive.wait(0.01).on({ kind: "smoulder-closed" }, "smoulder-check-missing");
    drive.on({ kind: "smoulder-checked", isSafe: true }).on({ kind: "smoulder-closed" });
    expect(drive.phase).toBe("closed");
    expect(drive.news()).toContain("close-permit");
    expect(shownSteps(drive.state).map(({ status }) => status)).toEqual(Array(6).fill("done"));
    drive.on({ kind: "permit-suspended", permitId }, "ended");
  });

  test("what is missing is always in sight", () => {
    const statuses = (drive: Drive) => shownSteps(drive.state).map(({ status }) => status);
    expect(statuses(new Drive())).toEqual(["open", "open", "blocked", "blocked", "blocked", "blocked"]);
    expect(statuses(permitted())).toEqual(["done", "open", "blocked", "blocked", "blocked", "blocked"]);
    expect(statuses(permitted().on({ kind: "scene-submitted", sceneCheckId: "a" }))).toEqual([
      "done",
      "done",
      "waiting",
      "blocked",
      "blocked",
      "blocked",
    ]);
    expect(statuses(watched())).toEqual(["done", "done", "done", "done", "open", "blocked"]);
  });

  test("what an area does not demand is not asked", () => {
    const none = { permit: false, sceneCheck: false, fireWatch: false, smoulderWatch: false };
    const drive = new Drive(none);
    expect(drive.phase).toBe("ready");
    drive.on({ kind: "scene-submitted", sceneCheckId: "a" }, "not-demanded");
    drive.on({ kind: "session-started", workSessionId: session });
    drive.on({ kind: "session-ended", workSessionId: session });
    drive.on({ kind: "work-finished", permitContinues: false });
    expect(drive.phase).toBe("closed");
  });

  test("after work it cannot be cancelled: the smoulder watch is owed", () => {
    watched().on({ kind: "cancelled" });
    working().on({ kind: "session-ended", workSessionId: session }).on({ kind: "cancelled" }, "session-runs");
  });
});

describe("the permit", () => {
  test("a suspension stops new arcs, and the permit holds again when it is lifted", () => {
    const drive = working();
    drive.news();
    drive.on({ kind: "permit-suspended", permitId });
    expect(drive.news()).toContain("stop-new-arcs");
    drive.on({ kind: "session-ended", workSessionId: session });
    drive.on({ kind: "session-started", workSessionId: "b" as WorkSessionId }, "not-ready");
    drive.on({ kind: "permit-resumed", permitId });
    drive.on({ kind: "session-started", workSessionId: "b" as WorkSessionId });
  });

  test("at its last millisecond it holds, then new arcs stop and the smoulder watch follows", () => {
    const drive = working();
    for (let minutes = 0; minutes < 8 * 60 - 1; minutes++) {
      drive.wait(1).on({ kind: "watch-seen", personId: watch, isAtPlace: true });
    }
    drive.news();
    drive.wait(1 - 1 / MINUTE);
    expect(drive.phase).toBe("working");
    drive.wait(1 / MINUTE);
    expect(drive.news()).toEqual(expect.arrayContaining(["stop-new-arcs", "permit-ended"]));
    drive.on({ kind: "session-ended", workSessionId: session });
    expect(drive.phase).toBe("smouldering");
  });

  test("one that ends before any work makes room for another", () => {
    const drive = permitted().on({ kind: "permit-ended", permitId });
    expect(drive.phase).toBe("preparing");
    drive.on({ kind: "permit-attached", permitId: "permit-2" });
    drive.on({ ...approved, permitId } as ClearanceEvent, "other-permit");
    drive.on({ ...approved, permitId: "permit-2" } as ClearanceEvent);
  });
});

describe("the scene check", () => {
  test("two fails call the station; it accepts, arrives and releases", () => {
    const drive = sceneShown(permitted(), "fail", "a");
    expect(drive.phase).toBe("preparing");
    sceneShown(drive, "fail", "b");
    expect(drive.phase).toBe("referred");
    expect(drive.news()).toContain("call-station");
    drive.on({ kind: "scene-submitted", sceneCheckId: "c" }, "scene-waits");
    drive.on({ kind: "station-decided", decision: "release" }, "station-order");
    drive
      .on({ kind: "station-accepted" })
      .on({ kind: "station-decided", decision: "release" }, "station-order");
    drive.on({ kind: "station-arrived" }).on({ kind: "station-decided", decision: "release" });
    expect(drive.phase).toBe("watch-missing");
    drive.on({ kind: "watch-confirmed", personId: watch });
    drive.on({ kind: "session-started", workSessionId: session });
  });

  test("the station forbids: nothing follows", () => {
    const drive = sceneShown(sceneShown(permitted(), "fail", "a"), "fail", "b");
    drive.on({ kind: "station-accepted" }).on({ kind: "station-arrived" });
    drive.on({ kind: "station-decided", decision: "forbid" });
    expect(drive.phase).toBe("forbidden");
    drive.on({ kind: "scene-submitted", sceneCheckId: "c" }, "ended");
  });

  test("nobody accepts, then nobody comes: the next level is called at the promised minute", () => {
    const drive = sceneShown(permitted(), "refer");
    drive.wait(policy.stationAcceptMinutes - 0.01);
    expect(drive.state.station?.level).toBe(0);
    drive.wait(0.01);
    expect(drive.state.station).toMatchObject({ level: 1, status: "alerted" });
    drive.on({ kind: "station-accepted" }).wait(policy.stationArriveMinutes);
    expect(drive.state.station).toMatchObject({ level: 2, status: "alerted" });
  });

  test("a verdict about another attempt is not taken", () => {
    const drive = permitted().on({ kind: "scene-submitted", sceneCheckId: "a" });
    drive.on({ kind: "scene-judged", sceneCheckId: "b", verdict: "pass" }, "scene-not-waiting");
  });

  test("a pass that is not used in time is shown again, without counting as a failure", () => {
    const drive = sceneShown(permitted(), "pass", "a").wait(policy.scenePassMinutes);
    expect(drive.phase).toBe("preparing");
    expect(drive.state.scene.fails).toBe(0);
    sceneShown(drive, "pass", "b");
    expect(drive.phase).toBe("watch-missing");
  });

  test("reviewers are reminded once", () => {
    const drive = permitted().on({ kind: "scene-submitted", sceneCheckId: "a" });
    drive.news();
    drive.wait(policy.sceneReviewMinutes);
    expect(drive.news()).toEqual(["scene-overdue"]);
    drive.wait(policy.sceneReviewMinutes);
    expect(drive.news()).toEqual([]);
  });
});

describe("the fire watch", () => {
  test("is neither the welder nor the approver", () => {
    const drive = sceneShown(permitted(), "pass");
    drive.on({ kind: "watch-confirmed", personId: welder }, "welder-is-watch");
    drive.on({ kind: "watch-confirmed", personId: approver }, "approver-is-watch");
  });

  test("who does not answer is warned, then new arcs stop; back at the place all goes on", () => {
    const drive = working();
    drive.news();
    drive.wait(policy.watchAskLeastMinutes);
    expect(drive.news()).toEqual(["watch-asked"]);
    drive.wait(policy.watchAnswerMinutes);
    expect(drive.news()).toEqual(["watch-warned"]);
    expect(drive.phase).toBe("paused");
    drive.wait(policy.watchGraceMinutes);
    expect(drive.news()).toEqual(["stop-new-arcs", "watch-absent"]);
    drive.on({ kind: "session-ended", workSessionId: session });
    drive.on({ kind: "session-started", workSessionId: "b" as WorkSessionId }, "not-ready");
    drive.on({ kind: "watch-seen", personId: watch, isAtPlace: true });
    expect(drive.news()).toEqual(["watch-returned"]);
    drive.on({ kind: "session-started", workSessionId: "b" as WorkSessionId });
  });

  test("who is seen away is warned at once, and back within the grace nothing stops", () => {
    const drive = working();
    drive.news();
    drive.wait(1).on({ kind: "watch-seen", personId: watch, isAtPlace: false });
    expect(drive.news()).toEqual(["watch-warned"]);
    drive.wait(policy.watchGraceMinutes - 0.1).on({ kind: "watch-seen", personId: watch, isAtPlace: true });
    expect(drive.news()).toEqual(["watch-returned"]);
    drive.wait(1);
    expect(drive.news()).toEqual([]);
  });

  test("hands over to another, who is asked from then on", () => {
    const drive = working().on({ kind: "watch-confirmed", personId: second });
    expect(drive.news()).toContain("watch-relieved");
    drive.on({ kind: "watch-seen", personId: watch, isAtPlace: true }, "not-the-watch");
    expect(drive.state.watch?.personId).toBe(second);
  });
});

describe("the smoulder watch", () => {
  const smouldering = () =>
    working()
      .on({ kind: "session-ended", workSessionId: session })
      .on({ kind: "work-finished", permitContinues: false });

  test("begins by itself when nobody says that the work is over", () => {
    const drive = working().on({ kind: "session-ended", workSessionId: session });
    for (let minutes = 0; minutes < policy.breakMinutes; minutes++) {
      expect(drive.phase).toBe("ready");
      drive.wait(1).on({ kind: "watch-seen", personId: watch, isAtPlace: true });
    }
    expect(drive.phase).toBe("smouldering");
  });

  test("a check that nobody makes is reminded of, then the station looks", () => {
    const drive = smouldering();
    drive.news();
    drive.wait(15);
    expect(drive.news()).toEqual(["smoulder-check-due"]);
    drive.wait(policy.smoulderCheckGraceMinutes);
    expect(drive.news()).toEqual(["smoulder-check-late"]);
    drive.wait(2 * policy.smoulderCheckGraceMinutes);
    expect(drive.news()).toContain("call-station");
    expect(drive.phase).toBe("referred");
    drive.on({ kind: "smoulder-closed" }, "smoulder-check-missing");
  });

  test("embers that glow call the station, and the watch begins again when it has released", () => {
    const drive = smouldering().wait(10).on({ kind: "smoulder-checked", isSafe: false });
    expect(drive.news()).toContain("call-station");
    drive.on({ kind: "station-accepted" }).on({ kind: "station-arrived" }).wait(60);
    drive.on({ kind: "station-decided", decision: "release" });
    drive
      .wait(29)
      .on({ kind: "smoulder-checked", isSafe: true })
      .on({ kind: "smoulder-closed" }, "smoulder-too-early");
    drive.wait(1).on({ kind: "smoulder-checked", isSafe: true }).on({ kind: "smoulder-closed" });
  });

  test("the permit stays open where the work goes on under it", () => {
    const drive = working().on({ kind: "session-ended", workSessionId: session });
    drive.on({ kind: "work-finished", permitContinues: true }).wait(15);
    drive
      .on({ kind: "smoulder-checked", isSafe: true })
      .wait(15)
      .on({ kind: "smoulder-checked", isSafe: true });
    drive.on({ kind: "smoulder-closed" });
    expect(drive.news()).not.toContain("close-permit");
  });
});

test("a clearance that nobody uses ends by itself", () => {
  const drive = new Drive().wait(policy.unusedHours * 60 - 1);
  expect(drive.phase).toBe("preparing");
  expect(drive.wait(1).phase).toBe("expired");
});

describe("failed scene checks of an earlier clearance", () => {
  const failed = () => sceneShown(permitted(), "fail");

  test("go over when it was given up or ran out, one attempt being left", () => {
    expect(failsToCarry(failed().on({ kind: "cancelled" }).state, policy)).toBe(1);
    expect(failsToCarry(failed().wait(policy.unusedHours * 60).state, policy)).toBe(1);
    const forbidden = sceneShown(failed(), "fail", "check-2")
      .on({ kind: "station-accepted" })
      .on({ kind: "station-arrived" })
      .on({ kind: "station-decided", decision: "forbid" });
    expect(failsToCarry(forbidden.state, policy)).toBe(policy.sceneAttempts - 1);
  });

  test("do not when the scene was found safe in the end, nor while it is open", () => {
    expect(failsToCarry(failed().state, policy)).toBe(0);
    const mended = sceneShown(failed(), "pass").on({ kind: "cancelled" });
    expect(failsToCarry(mended.state, policy)).toBe(0);
  });

  test("count from the first attempt on", () => {
    const state = openClearance(START, {
      demands: all,
      welderPersonId: welder,
      smoulderPlan: { minutes: 30, checkEveryMinutes: 15 },
      earlierFails: 1,
    });
    const drive = new Drive();
    drive.state = state;
    drive.on({ kind: "permit-attached", permitId }).on(approved);
    expect(sceneShown(drive, "fail").phase).toBe("referred");
  });
});
