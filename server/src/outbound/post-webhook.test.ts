import { describe, expect, test } from "vitest";
import { mayPostTo, type Resolve, webhookPoster } from "./post-webhook.ts";
import { isPublicAddress } from "./public-address.ts";

const to = (...addresses: string[]): Resolve => {
  return async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
};
const post = (url: string, resolve: Resolve) => webhookPoster([], resolve)({ url, headers: {}, body: "{}" });

describe("webhooks reach nothing inside", () => {
  test.each([
    ["loopback", ["127.0.0.1"]],
    ["a private network", ["10.1.2.3"]],
    ["the metadata service of a cloud", ["169.254.169.254"]],
    ["IPv6 loopback", ["::1"]],
    ["IPv4 written as IPv6", ["::ffff:10.0.0.1"]],
    ["a private address among public ones", ["93.184.215.14", "192.168.1.1"]],
    ["no address", []],
  ])("by a name that leads to %s", async (_what, addresses) => {
    await expect(post("https://hook.example.org/", to(...addresses))).rejects.toThrow("address refused");
  });

  test.each([
    "http://example.org/",
    "https://user:word@example.org/",
    "https://localhost/",
    "https://intranet/",
    "https://server.internal/",
    "https://127.0.0.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://[::1]/",
    "https://[fd00::1]/",
    "ftp://example.org/",
    "nonsense",
  ])("by the address %s", async (url) => {
    expect(mayPostTo(url, [])).toBe(false);
    await expect(post(url, to("93.184.215.14"))).rejects.toThrow("address refused");
  });

  test("an origin that the operator allows is reached, its neighbours are not", () => {
    const allowed = ["http://10.1.2.3:8080"];
    expect(mayPostTo("http://10.1.2.3:8080/hook", allowed)).toBe(true);
    expect(mayPostTo("http://10.1.2.3:8081/hook", allowed)).toBe(false);
    expect(mayPostTo("http://u:p@10.1.2.3:8080/hook", allowed)).toBe(false);
  });

  test.each(["8.8.8.8", "93.184.215.14", "2400:3200::1"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
