import { expect, type Locator, type Page } from "@playwright/test";

type Language = "zh-CN" | "en";

/** The desk's pages as a regulator sees them. */
export class ConsolePages {
  readonly page: Page;
  readonly #isEnglish: boolean;

  constructor(page: Page, language: Language) {
    this.page = page;
    this.#isEnglish = language === "en";
  }

  #word(chinese: string, english: string): string {
    return this.#isEnglish ? english : chinese;
  }

  get rows(): Locator {
    return this.page.locator(".ant-table-row");
  }

  get pickedMachine(): Locator {
    return this.page.getByTestId("picked-machine");
  }

  get pickedList(): Locator {
    return this.page.getByTestId("picked-list");
  }

  get timeline(): Locator {
    return this.page.locator(".timeline-row");
  }

  kpi(name: "machines" | "online" | "working" | "refusedToday" | "alarms"): Locator {
    return this.page.locator(`[data-kpi="${name}"] .kpi-value`);
  }

  async signIn(account: { username: string; password: string; totp: string }): Promise<void> {
    await this.page.goto("/console/");
    const field = (chinese: string, english: string) =>
      this.page.getByRole("textbox", { name: this.#word(chinese, english), exact: true });
    await field("用户名", "User name").fill(account.username);
    await field("密码", "Password").fill(account.password);
    await field("动态口令", "One-time password").fill(account.totp);
    await this.page.locator("button[type=submit]").click();
    await expect(this.page.getByRole("navigation")).toBeVisible();
  }

  /** The map with its ground drawn, its machines there and nothing moving. */
  async openMap(): Promise<void> {
    await this.page.goto("/console/#/");
    await expect(this.page.locator('[data-link="open"]')).toBeVisible();
    await expect(this.page.locator('.map-canvas[data-idle="true"]')).toBeVisible({ timeout: 40_000 });
  }

  /** Clusters are paint on a canvas: looks for one as a hand does, until the pointer says that it can be clicked. */
  async clickACluster(): Promise<void> {
    const { width, height } = this.page.viewportSize()!;
    const canvas = this.page.locator(".map-canvas canvas");
    await expect(async () => {
      for (let row = 0.35; row < 0.8; row += 0.03) {
        for (let column = 0.35; column < 0.65; column += 0.015) {
          await this.page.mouse.move(width * column, height * row);
          if (!(await canvas.evaluate((element) => element.style.cursor === "pointer"))) continue;
          await this.page.mouse.click(width * column, height * row);
          await expect(this.pickedList).toBeVisible({ timeout: 3_000 });
          return;
        }
      }
      throw new Error("no cluster is on the map yet");
    }).toPass({ timeout: 60_000 });
  }

  async openMachine(machineId: string): Promise<void> {
    await this.page.goto(`/console/#/machines/${machineId}`);
    await expect(this.timeline.first()).toBeVisible();
  }

  /** Gives a remote command with its reason and waits until it is sent. */
  async command(name: "stop" | "lock" | "unlock" | "inspectGas", reason: string): Promise<void> {
    const words = {
      stop: ["远程停机", "Remote stop"],
      lock: ["锁定", "Lock"],
      unlock: ["解锁", "Unlock"],
      inspectGas: ["气体断电后已检查", "Inspected after gas"],
    } as const;
    const word = this.#word(words[name][0], words[name][1]);
    await this.page.locator(".page-actions").getByRole("button", { name: word, exact: true }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(reason);
    await dialog.getByRole("button", { name: word, exact: true }).click();
    await expect(dialog).toBeHidden();
  }
}
