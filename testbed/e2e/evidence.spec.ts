import { evidenceRoutes } from "@hanyouxu/api";
import { showNewSceneToCamera } from "./camera.ts";
import { expect, test } from "./fixtures.ts";
import { look } from "./look.ts";
import { endFilm, filmAround, pictures } from "./picture-steps.ts";

test("a welder photographs and films the place; a copy is refused, a lost network and a reload lose nothing", async ({
  system,
  scenarios,
  phoneOf,
  regulator,
  desk,
}) => {
  const { welder, machine, phonePosition } = scenarios.find(({ id }) => id === "certified")!;
  const at = system.fleet.machine(machine.machineId)!;
  const phone = await phoneOf(welder, phonePosition);
  const { page } = phone;
  await phone.openMachine(at.machineCode);
  await phone.startButton.click();
  await expect(phone.progress("energised")).toBeVisible();
  const workSessionId = page.url().split("/").at(-1)!;

  showNewSceneToCamera();
  await page.getByRole("link", { name: /上传现场照片/ }).click();
  await look(page, "capture-empty");
  const photo = page.getByRole("button", { name: "拍照", exact: true });
  await photo.click();
  const digits = page.locator(".challenge-digits");
  await expect(digits).toHaveText(/^\d{4}$/);
  const demanded = await digits.textContent();
  await expect(page.locator('.capture[data-camera="live"]')).toBeVisible();
  await expect(page.getByRole("button", { name: "拍下" })).toBeEnabled();
  await look(page, "capture-photo");
  await page.getByRole("button", { name: "拍下" }).click();
  await expect(pictures(page, "accepted")).toHaveCount(1, { timeout: 30_000 });

  await photo.click();
  await page.getByRole("button", { name: "拍下" }).click();
  await expect(pictures(page, "refused")).toContainText("画面与以前提交过的影像相同", { timeout: 30_000 });
  await look(page, "capture-refused");
  await pictures(page, "refused").getByRole("button", { name: "删除" }).click();
  await expect(pictures(page, "refused")).toHaveCount(0);

  showNewSceneToCamera();
  await filmAround(page, () => look(page, "capture-film"));
  // The link is gone before the first byte, and the page is loaded again without it.
  await page.context().route("**/api/evidence**", (route) => route.abort("internetdisconnected"));
  await endFilm(page);
  await expect(pictures(page, "waiting")).toContainText("网络中断", { timeout: 30_000 });
  await look(page, "capture-waiting");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(pictures(page, "waiting").or(pictures(page, "sending"))).toHaveCount(1);
  await page.context().unroute("**/api/evidence**");
  await expect(pictures(page, "accepted")).toHaveCount(2, { timeout: 60_000 });
  await expect(pictures(page, "accepted").locator("img").last()).toHaveJSProperty("complete", true);
  await look(page, "capture-accepted");

  const { evidence } = await regulator.call(evidenceRoutes.listEvidence, {
    query: { purpose: "work", subjectId: workSessionId },
  });
  expect(evidence.map(({ kind, state }) => [kind, state])).toEqual([
    ["photo", "accepted"],
    ["video", "accepted"],
  ]);
  expect(evidence[0]!.digits).toBe(demanded);
  expect(evidence[1]!.coveredSectors).toHaveLength(12);
  expect(evidence[1]!.position!.latitudeDegrees).toBeCloseTo(phonePosition!.latitudeDegrees, 4);

  await page.getByRole("button", { name: "返回" }).click();
  await phone.stop();
  await expect(phone.ended).toBeVisible();

  // At the desk somebody compares what is seen with what was demanded.
  const { page: deskPage } = await desk();
  await deskPage.goto(`/console/#/sessions?text=${encodeURIComponent(machine.name)}`);
  await deskPage
    .getByRole("row", { name: machine.name })
    .first()
    .getByRole("button", { name: "影像" })
    .click();
  const items = deskPage.getByRole("dialog").locator(".evidence-item");
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText(demanded!);
  await expect(items.last()).toContainText("12 / 12");
  await expect(items.first().locator("img")).toHaveJSProperty("naturalWidth", 640);
  await look(deskPage, "desk-evidence");
});
