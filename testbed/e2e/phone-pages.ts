import { expect, type Locator, type Page } from "@playwright/test";

type Language = "zh-CN" | "en";

/** The phone's pages as a welder sees them: every word is looked up in the language of the page. */
export class PhonePages {
  readonly page: Page;
  readonly #isEnglish: boolean;

  constructor(page: Page, language: Language) {
    this.page = page;
    this.#isEnglish = language === "en";
  }

  #word(chinese: string, english: string): string {
    return this.#isEnglish ? english : chinese;
  }

  #button(chinese: string, english: string): Locator {
    return this.page.getByRole("button", { name: this.#word(chinese, english), exact: true });
  }

  get phoneField(): Locator {
    return this.page.getByLabel(this.#word("手机号", "Phone number"));
  }

  get sendCodeButton(): Locator {
    return this.#button("获取验证码", "Send code");
  }

  get startButton(): Locator {
    return this.#button("开机", "Start");
  }

  get stopButton(): Locator {
    return this.#button("停止作业", "Stop work");
  }

  get againButton(): Locator {
    return this.#button("重新核验", "Check again");
  }

  get typeButton(): Locator {
    return this.#button("手工输入设备码", "Type the code");
  }

  get refusal(): Locator {
    return this.page.getByTestId("refusal");
  }

  /** The card of one rule in the refusal. */
  reason(ruleId: string): Locator {
    return this.refusal.locator(`[data-rule="${ruleId}"]`);
  }

  /** A figure of the working screen by its label. */
  gauge(chinese: string, english: string): Locator {
    return this.page.locator(".gauge", { hasText: this.#word(chinese, english) }).locator("dd");
  }

  progress(reached: "asked" | "granted" | "energised"): Locator {
    return this.page.locator(`.steps[data-reached="${reached}"]`);
  }

  get ended(): Locator {
    return this.page.locator('.ended[data-status="ended"]');
  }

  /** Signs in as a newcomer does: the code comes from the demo inbox. */
  async signIn(phone: string): Promise<void> {
    await this.page.goto("/m/#/sign-in");
    await this.phoneField.fill(phone);
    await this.sendCodeButton.click();
    await this.page.getByRole("link", { name: this.#word("演示收件箱", "demo inbox") }).click();
    const message = this.page
      .locator("li", { hasText: phone })
      .filter({ has: this.page.getByTestId("inbox-code") });
    await message
      .first()
      .getByRole("link", { name: this.#word("用这个号码登录", "Sign in with this number") })
      .click();
    await this.#button("登录", "Sign in").click();
    await expect(this.page.getByRole("navigation")).toBeVisible();
  }

  /** What a label's code leads to, as typing it does. */
  async openMachine(machineCode: string): Promise<void> {
    await this.page.goto(`/m/#/machine/${machineCode}`);
    await expect(this.page.locator(".machine-name")).toBeVisible();
    await this.positionSettled();
  }

  async positionSettled(): Promise<void> {
    await expect(this.page.locator('[data-found="asking"]')).toHaveCount(0);
  }

  async typeCode(text: string): Promise<void> {
    await this.page.getByRole("textbox").fill(text);
    await this.#button("查看焊机", "Show the machine").click();
  }

  /** Presses stop and says that it is meant. */
  async stop(): Promise<void> {
    await this.stopButton.click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: this.#word("停止作业", "Stop work") }).click();
  }
}
