import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { VirtualClock } from "@hanyouxu/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TencentSmsConfig } from "../config/config.ts";
import { SmsNotSent } from "./sms-sender.ts";
import { tc3Authorization } from "./tc3-signature.ts";
import { tencentSms } from "./tencent-sms.ts";

const secretKey = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
const nowMs = Date.UTC(2026, 2, 1, 8);

/** Speaks the provider's side: checks the signature by its own computation, then answers as the script says. */
class Provider {
  server: Server;
  received: { headers: IncomingMessage["headers"]; body: Record<string, unknown> }[] = [];
  script: (() => { status: number; body: unknown } | "hang")[] = [];

  constructor() {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const raw = Buffer.concat(chunks);
      this.received.push({ headers: request.headers, body: JSON.parse(raw.toString("utf8")) });
      const step = this.script.shift() ?? (() => this.honest(request, raw));
      const answer = step();
      if (answer === "hang") return;
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
    });
  }

  honest(request: IncomingMessage, raw: Buffer) {
    const fail = (Code: string) => ({
      status: 200,
      body: { Response: { Error: { Code, Message: "refused" }, RequestId: "r-1" } },
    });
    const [, id, date, signed, signature] =
      /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/sms\/tc3_request, SignedHeaders=([a-z;-]+), Signature=([0-9a-f]{64})$/.exec(
        request.headers.authorization ?? "",
      ) ?? [];
    if (id !== "AKIDexample" || date !== "2026-03-01" || !signed) return fail("AuthFailure.SecretIdNotFound");
    const timestamp = String(request.headers["x-tc-timestamp"]);
    if (Math.abs(Number(timestamp) - nowMs / 1000) > 300) return fail("AuthFailure.SignatureExpire");
    const headers = signed
      .split(";")
      .map((name) => `${name}:${String(request.headers[name]).toLowerCase()}\n`);
    const canonical = `POST\n/\n\n${headers.join("")}\n${signed}\n${createHash("sha256").update(raw).digest("hex")}`;
    const digest = createHash("sha256").update(canonical).digest("hex");
    let key: Buffer = Buffer.from(`TC3${secretKey}`);
    for (const part of ["2026-03-01", "sms", "tc3_request"])
      key = createHmac("sha256", key).update(part).digest();
    const expected = createHmac("sha256", key)
      .update(`TC3-HMAC-SHA256\n${timestamp}\n2026-03-01/sms/tc3_request\n${digest}`)
      .digest("hex");
    if (signature !== expected) return fail("AuthFailure.SignatureFailure");
    return {
      status: 200,
      body: { Response: { SendStatusSet: [{ Code: "Ok", Message: "send success" }], RequestId: "r-2" } },
    };
  }
}

let provider: Provider;
let config: TencentSmsConfig;
beforeEach(async () => {
  provider = new Provider();
  await new Promise<void>((resolve) => provider.server.listen(0, "127.0.0.1", resolve));
  const address = provider.server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  config = {
    provider: "tencent",
    secretId: "AKIDexample",
    secretKey,
    sdkAppId: "1400006666",
    signName: "焊有序",
    templateId: "1234",
    region: "ap-guangzhou",
    endpoint: `http://127.0.0.1:${address.port}`,
  };
});
afterEach(async () => {
  provider.server.closeAllConnections();
  await new Promise((resolve) => provider.server.close(resolve));
});

const sender = (over: Partial<TencentSmsConfig> = {}, timeoutMs = 5_000) =>
  tencentSms({ config: { ...config, ...over }, clock: new VirtualClock(nowMs), validMinutes: 5, timeoutMs });
const error = (code: string) => ({
  status: 200,
  body: { Response: { Error: { Code: code, Message: "" }, RequestId: "r" } },
});
const status = (code: string) => ({
  status: 200,
  body: { Response: { SendStatusSet: [{ Code: code, Message: "" }], RequestId: "r" } },
});

describe("text messages by Tencent Cloud", () => {
  test("the signature is the one of the provider's published example", () => {
    const authorization = tc3Authorization({
      secretId: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
      secretKey,
      service: "cvm",
      host: "cvm.tencentcloudapi.com",
      contentType: "application/json; charset=utf-8",
      body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
      timestampSeconds: 1551113065,
    });
    expect(authorization).toMatch(
      /Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168$/,
    );
  });

  test("a message is taken by a server that checks the signature", async () => {
    await sender().sendCode("13800000001", "123456");
    expect(provider.received).toHaveLength(1);
    expect(provider.received[0]?.headers).toMatchObject({
      "x-tc-action": "SendSms",
      "x-tc-version": "2021-01-11",
      "x-tc-region": "ap-guangzhou",
    });
    expect(provider.received[0]?.body).toEqual({
      PhoneNumberSet: ["+8613800000001"],
      SmsSdkAppId: "1400006666",
      SignName: "焊有序",
      TemplateId: "1234",
      TemplateParamSet: ["123456", "5"],
    });
  });

  test("a wrong secret key is refused with the provider's code and not repeated", async () => {
    const failed = sender({ secretKey: "another" }).sendCode("13800000001", "123456");
    await expect(failed).rejects.toMatchObject({
      name: "SmsNotSent",
      reason: "AuthFailure.SignatureFailure",
    });
    expect(provider.received).toHaveLength(1);
  });

  test.each([
    ["LimitExceeded.PhoneNumberDailyLimit", status("LimitExceeded.PhoneNumberDailyLimit")],
    [
      "FailedOperation.TemplateIncorrectOrUnapproved",
      status("FailedOperation.TemplateIncorrectOrUnapproved"),
    ],
    ["UnauthorizedOperation.SmsSdkAppIdVerifyFail", error("UnauthorizedOperation.SmsSdkAppIdVerifyFail")],
    ["unreadable-answer-200", { status: 200, body: "<html>" }],
    ["unreadable-answer-404", { status: 404, body: { Response: {} } }],
  ])("%s is final", async (reason, answer) => {
    provider.script = [() => answer];
    await expect(sender().sendCode("13800000001", "123456")).rejects.toMatchObject({ reason });
    expect(provider.received).toHaveLength(1);
  });

  test.each([
    ["a 502", { status: 502, body: "bad gateway" }],
    ["the provider's internal error", error("InternalError.OtherError")],
  ])("after %s the second attempt delivers", async (_name, answer) => {
    provider.script = [() => answer];
    await sender().sendCode("13800000001", "123456");
    expect(provider.received).toHaveLength(2);
  });

  test("two attempts without an answer in time end as a timeout", async () => {
    provider.script = [() => "hang", () => "hang"];
    const failed = sender({}, 50).sendCode("13800000001", "123456");
    await expect(failed).rejects.toThrow(SmsNotSent);
    await expect(failed).rejects.toMatchObject({ reason: "timeout" });
    expect(provider.received).toHaveLength(2);
  });

  test("nobody there is unreachable", async () => {
    await expect(
      sender({ endpoint: "http://127.0.0.1:1" }).sendCode("13800000001", "1"),
    ).rejects.toMatchObject({
      reason: "unreachable",
    });
  });
});
