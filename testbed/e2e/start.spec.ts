import { workSessionRoutes } from "@hanyouxu/api";
import { labelPicture } from "./camera.ts";
import { A_POSTER, expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

test("a certified welder scans a label with the camera and the relay closes within 2 s of the tap", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
  camera,
}) => {
  const { welder, machine, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(machine.machineId)!;
  const phone = await phoneOf(welder, phonePosition);
  await camera(`${system.url}/c/${at.machineCode}`);
  await phone.page.goto("/m/");
  await expect(phone.page).toHaveURL(new RegExp(`#/machine/${at.machineCode}$`));
  await expect(phone.page.getByText(machine.name)).toBeVisible();
  await phone.positionSettled();
  expect(at.isPowered).toBe(false);

  const tappedAtMs = Date.now();
  await phone.startButton.click();
  await expect.poll(() => at.isPowered, { intervals: [20] }).toBe(true);
  expect(Date.now() - tappedAtMs).toBeLessThan(2_000);
  await expect(phone.progress("energised")).toBeVisible();

  at.disturb({ trigger: true });
  await expect(phone.gauge("燃弧时间", "Arc time")).not.toHaveText("≈ 0:00", { timeout: 60_000 });
  await expect(phone.gauge("电流", "Current")).toHaveText(/\d+ A/);
  await expectSound(phone.page);

  await phone.page.reload();
  await expect(phone.progress("energised")).toBeVisible();

  at.disturb({ trigger: false });
  await phone.stop();
  await expect.poll(() => at.isPowered).toBe(false);
  await expect(phone.ended).toBeVisible();
  const workSessionId = phone.page.url().split("/").at(-1)!;
  await expect
    .poll(async () => {
      const work = await regulator.call(workSessionRoutes.getWorkSession, { params: { workSessionId } });
      return {
        status: work.status,
        endReason: work.endReason,
        hasArc: work.arcMs > 0,
        signed: work.checkpointVerified,
      };
    })
    .toEqual({ status: "ended", endReason: "stopped", hasArc: true, signed: true });
  await expectSound(phone.page);
});

test("a label on a photo is as good as the camera", async ({ system, scenarios, phoneOf, camera }) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(system.county.cast.machines.second)!;
  await camera(A_POSTER);
  const phone = await phoneOf(welder, phonePosition);
  await phone.page.goto("/m/#/");
  await expect(phone.page.locator('[data-state="foreign-code"]')).toBeVisible();
  await phone.page.locator("input[type=file]").setInputFiles({
    name: "label.png",
    mimeType: "image/png",
    buffer: await labelPicture(`${system.url}/c/${at.machineCode}`),
  });
  await expect(phone.page).toHaveURL(new RegExp(`#/machine/${at.machineCode}$`));
});

test("the camera goes off with its page however late its decoder comes, and one that cannot be loaded is told", async ({
  scenarios,
  phoneOf,
  camera,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  await camera(A_POSTER);
  const { page } = await phoneOf(welder, phonePosition);
  const late = Promise.withResolvers<void>();
  await page.route("**/*.wasm", async (route) => {
    await late.promise;
    await route.abort();
  });
  // Anew: the page that follows signing in has the decoder.
  await page.goto("/m/#/");
  await page.reload();
  const video = page.locator("video");
  await expect(video).not.toHaveJSProperty("srcObject", null);
  await page.evaluate("globalThis.track = document.querySelector('video').srcObject.getVideoTracks()[0]");
  const trackState = () => page.evaluate("track.readyState");
  expect(await trackState()).toBe("live");
  await page.getByRole("button", { name: "手工输入设备码" }).click();
  await expect.poll(trackState).toBe("ended");

  await page.getByRole("button", { name: "用相机扫码" }).click();
  late.resolve();
  await expect(page.locator('[data-state="no-decoder"]')).toContainText("没有载入");
  await expectSound(page);
  await page.locator("input[type=file]").setInputFiles({
    name: "label.png",
    mimeType: "image/png",
    buffer: await labelPicture(A_POSTER),
  });
  await expect(page.getByRole("alert")).toContainText("没有载入");

  await page.unroute("**/*.wasm");
  await page.getByRole("button", { name: "手工输入设备码" }).click();
  await page.getByRole("button", { name: "用相机扫码" }).click();
  await expect(page.locator('[data-state="foreign-code"]')).toBeVisible();
});

test("a typed code with a slip is caught on the phone and says what is wrong", async ({
  system,
  scenarios,
  phoneOf,
  camera,
}) => {
  const { welder, machine, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const { machineCode } = system.fleet.machine(machine.machineId)!;
  const phone = await phoneOf(welder, phonePosition);
  await camera(A_POSTER);
  await phone.page.goto("/m/#/");
  await phone.typeButton.click();
  await phone.typeCode("ABCD-1234");
  await expect(phone.page.getByRole("alert")).toContainText("现在是 8 位");
  const slip = machineCode.slice(0, -1) + (machineCode.endsWith("7") ? "8" : "7");
  await phone.typeCode(slip);
  await expect(phone.page.getByRole("alert")).toContainText("输错");
  await expectSound(phone.page);
  await phone.typeCode(machineCode.toLowerCase().replaceAll(/(.{4})(?=.)/g, "$1-"));
  await expect(phone.page.getByText(machine.name)).toBeVisible();
});

test("an answer that is lost on the way and asked for again starts one work session, not two", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
}) => {
  const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const machineId = system.county.cast.machines.second;
  const at = system.fleet.machine(machineId)!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(at.machineCode);
  const count = async () =>
    (await regulator.call(workSessionRoutes.listWorkSessions, { query: { machineId } })).total;
  const before = await count();
  let isLost = false;
  await phone.page.route("**/api/work-sessions", async (route) => {
    if (isLost || route.request().method() !== "POST") return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await phone.startButton.click();
  await expect(phone.page.getByRole("alert")).toContainText("不会重复开机");
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  expect(await count()).toBe(before + 1);
  await phone.stop();
  await expect(phone.ended).toBeVisible();
  expect(at.isPowered).toBe(false);
});

test("a phone that loses its network says so, keeps its screen and catches up", async ({
  system,
  scenarios,
  phoneOf,
}) => {
  const { welder, machine, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(machine.machineId)!;
  const phone = await phoneOf(welder, phonePosition);
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  await phone.page.context().setOffline(true);
  await expect(phone.page.getByText("没有网络")).toBeVisible();
  await expect(phone.progress("energised")).toBeVisible();
  await phone.page.context().setOffline(false);
  await expect(phone.page.getByText("没有网络")).toHaveCount(0);
  await phone.page.goto("/m/#/");
  await phone.page.reload();
  await expect(phone.progress("energised")).toBeVisible();
  await phone.stop();
  await expect(phone.ended).toBeVisible();
});

test.describe("an app that is kept", () => {
  test.use({ serviceWorkers: "allow" });

  test("the app opens without a network once it has been opened with one", async ({ scenarios, phoneOf }) => {
    const { welder, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
    const { page } = await phoneOf(welder, phonePosition);
    await page.goto("/m/#/me");
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
    await page.context().setOffline(true);
    await page.reload();
    await expect(page.getByText("没有网络")).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("连不上服务器");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "重试" }).click();
    await expect(page.getByRole("heading", { name: "我的证书" })).toBeVisible();
  });
});
