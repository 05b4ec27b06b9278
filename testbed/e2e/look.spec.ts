import { expect, test } from "@playwright/test";
import { look } from "./look.ts";
import { watchForProblems } from "./problems.ts";

const page = (body: string) =>
  `<html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>${body}</main></body></html>`;

/** What every other test of the pages relies on. */
test("a look finds what keeps people from using a page, and what breaks", async ({ page: looked }) => {
  watchForProblems(looked);
  await looked.setContent(page("<p>Nothing is wrong</p>"));
  await look(looked, "sound");
  for (const [fault, body] of [
    ["button-name", "<button></button>"],
    ["color-contrast", '<p style="color:#bbb;background:#fff">Hardly to be read</p>'],
    ["label", '<input type="text">'],
    ["image-alt", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'],
    ["region", "</main><p>Outside of all parts</p><main>"],
  ] as const) {
    await looked.setContent(page(body));
    await expect(look(looked, fault), fault).rejects.toThrow(fault);
  }
  await looked.setContent(page("<p>Sound again</p>"));
  await look(looked, "sound");
  const broke = looked.waitForEvent("pageerror");
  await looked.evaluate("setTimeout(() => { throw new Error('a fault') })");
  await broke;
  await expect(look(looked, "broken")).rejects.toThrow("broke: a fault");
});
