import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ApiClient,
  type ClearanceDetail,
  clearanceRoutes,
  sceneCheckRoutes,
  stationCallRoutes,
} from "@hanyouxu/api";
import { createLogger, loadConfig, openStore } from "@hanyouxu/server";
import type { DemoWelder, OnlineMachine } from "@hanyouxu/simulator";
import type { Page } from "@playwright/test";
import { type System, startSystem } from "../src/index.ts";
import { layCounty } from "../src/laid-county.ts";
import {
  button,
  glance,
  obtainPermit,
  openClearance,
  type PhoneOf,
  showScene,
  step,
  watchAtPlace,
  watchReturns,
} from "./clearance-steps.ts";
import { A_POSTER, expect, test as plain } from "./fixtures.ts";
import { buildHotWorkPlace, passSmoulderTime, shortenGrace } from "./hot-work-place.ts";
import { takePhoto } from "./picture-steps.ts";

const LONG_MS = 1_200_000;
const FAR_DEGREES = 0.02;
const SLOW = { timeout: 60_000 };

interface Kept {
  system: System;
  /** Everything that outlives the server lies here. */
  dir: string;
}

/** A system of its own, whose server is a process that can be killed. */
const test = plain.extend<object, Kept>({
  dir: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      const dir = mkdtempSync(join(tmpdir(), "hy-e2e-crash-"));
      await use(dir);
      rmSync(dir, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  system: [
    async ({ dir }, use) => {
      const environment = { HY_LOG_LEVEL: "info" };
      await using system = await startSystem({
        ...(await layCounty(dir, "server")),
        database: "postgresql",
        server: "process",
        online: 8,
        environment,
      });
      await system.fleet.started;
      await use(system);
    },
    { scope: "worker", timeout: 400_000 },
  ],
});

/** What of a clearance does not go by the clock. */
const whatLasts = (detail: ClearanceDetail) => ({
  phase: detail.phase,
  steps: detail.steps,
  permit: detail.permit,
  checks: detail.sceneChecks.map(({ sceneCheckId, status }) => [sceneCheckId, status]),
  attemptsLeft: detail.sceneAttemptsLeft,
  calls: detail.stationCalls.map(({ stationCallId, status }) => [stationCallId, status]),
  isWatched: detail.watch !== null,
  workSessionId: detail.workSessionId,
  smoulder: detail.smoulder && [detail.smoulder.endsAt, detail.smoulder.checks.length],
});

const detailOf = async (regulator: ApiClient, clearanceId: string) =>
  await regulator.call(clearanceRoutes.getClearance, { params: { clearanceId } });

/** Every step with its status, as the phone shows them. */
const shownSteps = async (page: Page) =>
  await page
    .locator("[data-step]")
    .evaluateAll((steps) => steps.map(({ dataset }) => `${dataset.step}: ${dataset.status}`));

/** SIGKILL of the server and a reload of the phone: both are where they were. */
function survivalOf({ serverProcess }: System, regulator: ApiClient, clearanceId: string, page: Page) {
  const state = async () => whatLasts(await detailOf(regulator, clearanceId));
  return async (phase: ClearanceDetail["phase"]) => {
    await plain.step(`${phase} survives`, async () => {
      await expect.poll(async () => (await state()).phase, SLOW).toBe(phase);
      const before = await state();
      const shown = before.steps.map(({ step, status }) => `${step}: ${status}`);
      await expect.poll(() => shownSteps(page), SLOW).toEqual(shown);
      await serverProcess!.kill9();
      await serverProcess!.restart();
      expect(await state()).toEqual(before);
      await page.reload();
      await expect.poll(() => shownSteps(page), SLOW).toEqual(shown);
    });
  };
}

/** A chip's link breaks with the server. After the kills before it comes back within two minutes (`chip/src/link/backoff.ts`). */
async function linkedAgain({ chip }: OnlineMachine): Promise<void> {
  const within = { timeout: 150_000 };
  await expect.poll(() => chip.state().link.phase, within).toBe("up");
  await expect.poll(() => chip.state().log.pending.length, SLOW).toBe(0);
}

/** The mobile machine stands in a hospital of that name, and its welder has opened a clearance. */
async function begun(
  system: System,
  regulator: ApiClient,
  name: string,
  { welder, phoneOf }: { welder: DemoWelder; phoneOf: PhoneOf },
) {
  const machineId = system.county.cast.machines.mobile;
  const at = system.fleet.machine(machineId)!;
  const place = await buildHotWorkPlace(system, regulator, { machineId, welder, name });
  const phone = await phoneOf(welder, place.point);
  return { at, place, phone, clearanceId: await openClearance(phone, place, at.machineCode) };
}

test("every state of a clearance survives a SIGKILL of the server and a reload of the phone", async ({
  system,
  dir,
  scenarios,
  phoneOf,
  regulator,
  desk,
  camera,
}) => {
  test.setTimeout(LONG_MS);
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  await camera(A_POSTER);
  const { at, place, phone, clearanceId } = await begun(system, regulator, "演示医院四部", {
    welder,
    phoneOf,
  });
  const { page } = phone;
  const survives = survivalOf(system, regulator, clearanceId, page);
  await survives("preparing");
  const config = loadConfig({
    HY_DATA_DIR: dir,
    HY_DATABASE: system.postgres!.url,
    HY_SECRETS_DIR: join(dir, "secrets"),
  });
  const { store, close } = await openStore(config, createLogger("silent"));
  await using _closed = { [Symbol.asyncDispose]: close };
  await shortenGrace(store, clearanceId);
  await obtainPermit(phone, place, clearanceId, phoneOf);
  await survives("preparing");
  await showScene(page);
  await survives("checking");

  const office = await desk();
  await office.page.goto("/console/#/scene-reviews");
  await expect(office.page.locator(".queue-item").first()).toContainText(place.name);
  await office.page.keyboard.press("p");
  await expect(step(page, "check")).toHaveAttribute("data-status", "done");
  await survives("watch-missing");
  const watch = await watchAtPlace(page, place, clearanceId, { phoneOf, camera });
  await expect(step(page, "work")).toHaveAttribute("data-status", "open");
  await survives("ready");

  await linkedAgain(at);
  await button(page, "去开机").click();
  await phone.positionSettled();
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  await page.goto(`/m/#/clearances/${clearanceId}`);
  await survives("working");
  // The chip went by its grant meanwhile.
  expect(at.isPowered).toBe(true);
  await linkedAgain(at);

  const { latitudeDegrees, longitudeDegrees, accuracyMetres } = place.point;
  const walkTo = async (north: number) =>
    await watch.page.context().setGeolocation({
      latitude: latitudeDegrees + north,
      longitude: longitudeDegrees,
      accuracy: accuracyMetres,
    });
  await walkTo(FAR_DEGREES);
  await expect(watch.page.locator('.watch-state[data-watch="absent"]')).toBeVisible(SLOW);
  await expect.poll(() => at.isPowered, SLOW).toBe(false);
  // The chip's record ends the session, and a sweep tells the clearance; a server killed before that tells it afterwards.
  const openSession = async () => (await detailOf(regulator, clearanceId)).workSessionId;
  await expect.poll(openSession, SLOW).toBeNull();
  await survives("paused");
  await watchReturns(watch.page, () => walkTo(0));
  await survives("ready");

  await button(page, "完工").click();
  await button(page, "确认完工，开始余火监护").click();
  await expect(page.getByTestId("smoulder-left")).toBeVisible();
  await survives("smouldering");
  await passSmoulderTime(store, clearanceId, "next-look");
  await expect(page.getByText("请现在检查现场")).toBeVisible(SLOW);
  await glance(page);
  await expect(page.getByText("无异常", { exact: false })).toBeVisible(SLOW);
  await survives("smouldering");
  await passSmoulderTime(store, clearanceId, "end");
  await expect(page.getByTestId("smoulder-left")).toHaveText("时间已到", SLOW);
  await glance(page);
  await button(page, "结束余火监护，闭环").click();
  await expect(page.locator('.ended[data-phase="closed"]')).toBeVisible();
  await survives("closed");
  await place.abolish();
});

test("so does every state of one that goes to the fire station", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
  desk,
  camera,
}) => {
  test.setTimeout(LONG_MS);
  const { welder } = scenarios.find(({ id }) => id === "certified")!;
  await camera(A_POSTER);
  const { at, place, phone, clearanceId } = await begun(system, regulator, "演示医院五部", {
    welder,
    phoneOf,
  });
  const { page } = phone;
  const survives = survivalOf(system, regulator, clearanceId, page);
  await obtainPermit(phone, place, clearanceId, phoneOf);
  const detail = async () => await detailOf(regulator, clearanceId);
  for (const phase of ["preparing", "referred"] as const) {
    await showScene(page);
    const { sceneCheckId } = (await detail()).sceneChecks[0]!;
    const body = { verdict: "fail", reason: "演示：没有灭火器" } as const;
    await regulator.call(sceneCheckRoutes.judgeScene, { params: { sceneCheckId }, body });
    await survives(phase);
  }
  const params = { stationCallId: (await detail()).stationCalls[0]!.stationCallId };
  await regulator.call(stationCallRoutes.acceptStationCall, { params });
  await survives("referred");
  await regulator.call(stationCallRoutes.arriveAtStationCall, { params, body: { position: place.point } });
  await survives("referred");
  const staff = await (await desk()).page.context().newPage();
  await staff.goto("/m/#/station-calls");
  await staff.locator(".item-link", { hasText: place.name }).first().click();
  await takePhoto(staff);
  await staff.getByLabel("现场情况").fill("演示现场处置");
  await staff.getByText("禁止动火", { exact: true }).click();
  await button(staff, "提交处置结果").click();
  await survives("forbidden");

  const next = await openClearance(phone, place, at.machineCode);
  await button(page, "放弃办理").click();
  await page.getByLabel("放弃的原因").fill("演示结束");
  await button(page, "放弃办理").click();
  await expect(page.locator('.ended[data-phase="cancelled"]')).toBeVisible();
  await survivalOf(system, regulator, next, page)("cancelled");
  await place.abolish();
});
