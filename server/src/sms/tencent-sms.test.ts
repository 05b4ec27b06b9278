import { VirtualClock } from "@hanyouxu/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nowMs, secretKey, TencentProvider } from "../../test/tencent-provider.ts";
import type { TencentSmsConfig } from "../config/config.ts";
import { SmsNotSent } from "./sms-sender.ts";
import { tc3Authorization } from "./tc3-signature.ts";
import { tencentSms } from "./tencent-sms.ts";

let provider: TencentProvider;
let config: TencentSmsConfig;
beforeEach(async () => {
  provider = new TencentProvider("sms", { SendStatusSet: [{ Code: "Ok", Message: "send success" }] });
  await provider.start();
  config = {
    provider: "tencent",
    secretId: "AKIDexample",
    secretKey,
    sdkAppId: "1400006666",
    signName: "焊有序",
    templateId: "1234",
    region: "ap-guangzhou",
    endpoint: provider.endpoint,
  };
});
afterEach(() => provider?.close());

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

  test("a message goes by its own template, once, and only where there is one", async () => {
    await sender({ messageTemplateId: "5678" }).sendMessage("13800000001", ["预警", "演示路"]);
    expect(provider.received[0]?.body).toMatchObject({
      TemplateId: "5678",
      TemplateParamSet: ["预警", "演示路"],
    });
    await expect(sender().sendMessage("13800000001", [])).rejects.toMatchObject({ reason: "not-configured" });
    provider.script.push(() => error("InternalError.OtherError"));
    const failed = sender({ messageTemplateId: "5678" }).sendMessage("13800000001", ["预警", "演示路"]);
    await expect(failed).rejects.toMatchObject({ reason: "InternalError.OtherError", isFinal: false });
    expect(provider.received).toHaveLength(2);
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
