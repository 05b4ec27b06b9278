import { expect, type Page } from "@playwright/test";
import type { DemoNewcomer } from "../src/index.ts";
import { labelPicture } from "./camera.ts";
import { PhonePages } from "./phone-pages.ts";

/** What a forged certificate's code leads to. */
const LOOK_ALIKE = "https://cx.mem-gov.example/query?no=1";

/** The phone of somebody who is no welder yet. */
export class NewcomerPages extends PhonePages {
  readonly #newcomer: DemoNewcomer;
  readonly #strayRequests: string[] = [];

  constructor(page: Page, newcomer: DemoNewcomer) {
    super(page, "zh-CN");
    this.#newcomer = newcomer;
    page.on("request", (request) => {
      const { hostname } = new URL(request.url());
      if (hostname.endsWith(".example")) this.#strayRequests.push(request.url());
    });
  }

  /** Requests that anything the person showed to the phone has led to. */
  get strayRequests(): readonly string[] {
    return this.#strayRequests;
  }

  /** Proves the phone as a newcomer does: the code comes from the demo inbox. */
  async provePhone(): Promise<void> {
    const { page } = this;
    const { phone } = this.#newcomer;
    await page.goto("/m/#/sign-in");
    await this.phoneField.fill(phone);
    await this.sendCodeButton.click();
    await page.getByRole("link", { name: "演示收件箱" }).click();
    const message = page.locator("li", { hasText: phone }).filter({ has: page.getByTestId("inbox-code") });
    await message.first().getByRole("link", { name: "用这个号码登录" }).click();
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.getByRole("heading", { name: "焊工登记" })).toBeVisible();
  }

  async register(): Promise<void> {
    const { page } = this;
    const { name, identityNumber, township } = this.#newcomer;
    await page.getByLabel("姓名（与身份证一致）").fill(name);
    await page.getByLabel("身份证号").fill(identityNumber);
    await page.getByLabel("所在乡镇（街道）").selectOption(township);
    await page.getByLabel("我已阅读并同意").check();
    await page.getByRole("button", { name: "提交登记" }).click();
    await expect(page.getByRole("heading", { name: "登记操作证" })).toBeVisible();
  }

  /** The certificate as printed, with a photo on which there is a code. */
  async fillCertificate(): Promise<void> {
    const { page } = this;
    const { number, validFrom, validTo, reviewDueOn } = this.#newcomer.certificate;
    await page.getByLabel("证书编号").fill(number);
    await page.getByLabel("有效期开始").fill(validFrom);
    await page.getByLabel("有效期结束").fill(validTo);
    await page.getByLabel("复审日期（已复审过的留空）").fill(reviewDueOn ?? "");
    await page.getByLabel("证书照片").setInputFiles({
      name: "certificate.png",
      mimeType: "image/png",
      buffer: await labelPicture(LOOK_ALIKE),
    });
    await expect(page.getByTestId("code-hint")).toBeVisible();
  }

  async sendCertificate(): Promise<void> {
    await this.page.getByRole("button", { name: "提交核验" }).click();
  }

  outcome(verification: "verified" | "submitted" | "rejected") {
    return this.page.locator(`.outcome-card[data-verification="${verification}"]`);
  }

  notice(kind: string) {
    return this.page.locator(`.notice[data-kind="${kind}"]`);
  }
}
