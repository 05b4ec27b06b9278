import { keyAreaRoutes, machineRoutes, placeRoutes } from "@hanyouxu/api";
import { expect, test } from "./fixtures.ts";
import { expectSound } from "./problems.ts";

test("a machine's page says in which key area it is and how that is known; staff at the place put it right", async ({
  desk,
  regulator,
  scenarios,
}) => {
  const { machine } = scenarios[0]!;
  const { latitudeDegrees, longitudeDegrees } = machine.home;
  const { machineId } = machine;
  const { region } = await regulator.call(machineRoutes.getMachine, { params: { machineId } });
  const { keyAreaId, name } = await regulator.call(keyAreaRoutes.createKeyArea, {
    body: {
      kind: "other",
      name: `演示场所${Date.now() % 100_000}`,
      region,
      siteOwnerEnterpriseId: null,
      address: null,
      shape: {
        type: "circle",
        circle: { centre: [longitudeDegrees, latitudeDegrees], radiusMetres: 60 },
      },
      floors: null,
      minHeightMetres: null,
      maxHeightMetres: null,
      validity: { from: null, until: null, openingHours: [], specialPeriods: [] },
      policy: {
        demands: { permit: true, sceneCheck: false, fireWatch: false, smoulderWatch: false },
        sceneCheckAttempts: 2,
        graceMinutes: 10,
        smoulderWatchMinutes: 0,
        workWhileOpen: "allowed",
      },
      reason: "演示",
    },
  });
  // The servers look for new areas every few seconds.
  await expect(async () => {
    await regulator.call(placeRoutes.tellMachinePlace, {
      params: { machineId },
      body: { keyAreaId, state: "inside", reason: "现场查看" },
    });
  }).toPass();
  const { page } = await desk();
  await page.goto(`/console/#/machines/${machineId}`);
  const places = page.getByTestId("machine-places");
  await expect(places).toContainText(name);
  await expect(places).toContainText("在内");
  await expect(places).toContainText("人员现场确认");
  await expectSound(page);
  await page.screenshot({ path: "test-results/machine-places.png" });

  await places.getByRole("button", { name: "确认位置" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: "在外" })).toBeChecked();
  await expectSound(page);
  await page.screenshot({ path: "test-results/machine-places-tell.png" });
  await dialog.getByRole("button", { name: "确认位置" }).click();
  await expect(dialog).toContainText("原因");
  await dialog.getByRole("textbox").fill("现场查看，焊机在院外");
  await dialog.getByRole("button", { name: "确认位置" }).click();
  await expect(places).toBeHidden();
  await regulator.call(keyAreaRoutes.abolishKeyArea, {
    params: { keyAreaId },
    body: { reason: "演示结束", basedOnVersion: 1 },
  });
});
