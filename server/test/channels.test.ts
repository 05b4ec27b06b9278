import type { AddressInfo } from "node:net";
import { VirtualClock } from "@hanyouxu/protocol";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NotTaken, type OutgoingMessage, type Recipient } from "../src/channels/channel.ts";
import { channelsOfConfig } from "../src/channels/channels-of-config.ts";
import { emailChannel } from "../src/channels/email-channel.ts";
import { voiceChannel } from "../src/channels/phone-channels.ts";
import { pushChannel, pushPublicKey } from "../src/channels/push-channel.ts";
import { tencentVoice } from "../src/channels/tencent-voice.ts";
import { webhookPoster } from "../src/outbound/post-webhook.ts";
import { startPushService } from "./push-service.ts";
import { nowMs, secretKey, TencentProvider } from "./tencent-provider.ts";

const message: OutgoingMessage = {
  deliveryId: "0198c0de-0000-7000-8000-00000000000d",
  messageId: "0198c0de-0000-7000-8000-00000000000e",
  title: "预警：可燃气体断电",
  body: "演示焊机，演示路。请打开查看并处置。",
  language: "zh-CN",
  severity: "danger",
  tag: "alarm:a1",
};
const nobody: Recipient = { phone: null, email: null, pushTargets: [] };

describe("Web Push", () => {
  const key = new Uint8Array(32).fill(9);
  let service: Awaited<ReturnType<typeof startPushService>>;
  beforeEach(async () => {
    service = await startPushService(pushPublicKey(key));
  });
  afterEach(() => service?.close());

  const channel = (origins: readonly string[] = [service.origin]) =>
    pushChannel({ key, contact: "mailto:demo@example.com", post: webhookPoster(origins) });
  const to = (): Recipient => ({
    ...nobody,
    pushTargets: [{ pushSubscriptionId: "s1", ...service.subscription }],
  });

  test("arrives signed and encrypted, and replaces what was not delivered about the same thing", async () => {
    expect(await channel().send(to(), message)).toEqual({ goneTargets: [] });
    const [one] = service.taken;
    const { title, body, tag, messageId, severity } = message;
    expect(one!.payload).toEqual({ title, body, tag, messageId, severity });
    expect(one!.headers).toMatchObject({ urgency: "high", ttl: "3600" });
    expect(one!.headers.topic).toMatch(/^[A-Za-z0-9_-]{1,32}$/);
    expect(one!.claims).toMatchObject({ aud: service.origin, sub: "mailto:demo@example.com" });
    await channel().send(to(), { ...message, severity: "notice" });
    expect(service.taken[1]!.headers).toMatchObject({ urgency: "low", topic: one!.headers.topic });
  });

  test("a browser that is gone is named, and one that hears is enough", async () => {
    service.statuses.push(410);
    expect(await channel().send(to(), message)).toEqual({ goneTargets: ["s1"], isUnheard: true });
    service.statuses.push(404);
    const [target] = to().pushTargets;
    const both = { ...nobody, pushTargets: [target!, { ...target!, pushSubscriptionId: "s2" }] };
    const { goneTargets, isUnheard } = await channel().send(both, message);
    expect(goneTargets).toHaveLength(1);
    expect(isUnheard).toBeUndefined();
  });

  test("a service in trouble is told as it is, another key is refused, inside nothing is reached", async () => {
    service.statuses.push(503);
    await expect(channel().send(to(), message)).rejects.toMatchObject({ reason: "http-503", isFinal: false });
    const other = pushChannel({
      key: new Uint8Array(32).fill(8),
      contact: "mailto:demo@example.com",
      post: webhookPoster([service.origin]),
    });
    await expect(other.send(to(), message)).rejects.toMatchObject({ reason: "http-403" });
    await expect(channel([]).send(to(), message)).rejects.toMatchObject({ reason: "address-refused" });
    await expect(channel().send(nobody, message)).rejects.toMatchObject({ isFinal: true });
    expect(service.taken).toEqual([]);
  });
});

describe("e-mail", () => {
  let server: SMTPServer;
  let mails: { to: string[]; text: string }[];
  let refuse: Error | undefined;
  let url: string;
  beforeEach(async () => {
    mails = [];
    refuse = undefined;
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onRcptTo: (_address, _session, done) => done(refuse),
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          mails.push({ to, text: Buffer.concat(chunks).toString("utf8") });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const from = "演示平台 <demo@example.com>";
  const to = { ...nobody, email: "someone@example.com" };

  test("arrives as plain text with the same id at every try", async () => {
    const channel = emailChannel({ url, from });
    await channel.send(to, message);
    await channel.send(to, message);
    expect(mails).toHaveLength(2);
    for (const mail of mails) {
      expect(mail.to).toEqual(["someone@example.com"]);
      expect(mail.text).toContain(`Message-ID: <${message.deliveryId}@hanyouxu>`);
      expect(mail.text).toMatch(/Content-Type: text\/plain; charset=utf-8/i);
      const encoded = mail.text.split("\r\n\r\n")[1]!.replaceAll("\r\n", "");
      expect(Buffer.from(encoded, "base64").toString("utf8")).toContain(message.body);
    }
  });

  test("an address refused for good is not tried again, trouble is; nothing tells the address", async () => {
    const channel = emailChannel({ url, from });
    const failing = async () => {
      try {
        await channel.send(to, message);
      } catch (error) {
        if (error instanceof NotTaken) return error;
      }
      throw new Error("it was taken");
    };
    refuse = Object.assign(new Error("no such user someone@example.com"), { responseCode: 550 });
    const forGood = await failing();
    expect(forGood).toMatchObject({ reason: "smtp-550", isFinal: true });
    refuse = Object.assign(new Error("try later"), { responseCode: 451 });
    expect(await failing()).toMatchObject({ reason: "smtp-451", isFinal: false });
    expect(`${forGood.message} ${forGood.cause}`).not.toContain("someone");
    await expect(channel.send(nobody, message)).rejects.toMatchObject({ reason: "no-email", isFinal: true });
  });
});

describe("calls by Tencent Cloud", () => {
  let provider: TencentProvider;
  beforeEach(async () => {
    provider = new TencentProvider("vms", { SendStatus: { CallId: "c-1", SessionContext: "" } });
    await provider.start();
  });
  afterEach(() => provider?.close());

  const channel = (change: object = {}) =>
    voiceChannel(
      tencentVoice({
        clock: new VirtualClock(nowMs),
        config: {
          provider: "tencent",
          secretId: "AKIDexample",
          secretKey,
          sdkAppId: "1400000001",
          templateId: "77",
          region: "ap-guangzhou",
          endpoint: provider.endpoint,
          ...change,
        },
      }),
    );
  const to = { ...nobody, phone: "13800000001" };

  test("are taken by a server that checks the signature", async () => {
    await channel().send(to, message);
    expect(provider.received[0]!.headers).toMatchObject({
      "x-tc-action": "SendTtsVoice",
      "x-tc-version": "2020-09-02",
    });
    expect(provider.received[0]!.body).toEqual({
      TemplateId: "77",
      CalledNumber: "+8613800000001",
      VoiceSdkAppid: "1400000001",
      TemplateParamSet: [message.title, message.body],
      PlayTimes: 2,
      SessionContext: message.deliveryId,
    });
  });

  test("fail with the provider's code: for good, or to be tried again", async () => {
    const wrong = channel({ secretKey: "another" }).send(to, message);
    await expect(wrong).rejects.toMatchObject({ reason: "AuthFailure.SignatureFailure", isFinal: true });
    provider.script.push(() => ({
      status: 200,
      body: { Response: { Error: { Code: "RequestLimitExceeded", Message: "" } } },
    }));
    await expect(channel().send(to, message)).rejects.toMatchObject({ isFinal: false, isUnknown: false });
    provider.script.push(() => ({ status: 500, body: "" }));
    await expect(channel().send(to, message)).rejects.toMatchObject({ reason: "http-500", isUnknown: true });
    await expect(channel().send(nobody, message)).rejects.toMatchObject({ reason: "no-phone" });
  });
});

test("every channel is off unless it is configured; the demo's inbox stands in", () => {
  const off = {
    sms: { provider: "none" },
    voice: { provider: "none" },
    mail: undefined,
    push: undefined,
  } as const;
  const parts = {
    clock: new VirtualClock(nowMs),
    sms: { sendCode: async () => {}, sendMessage: async () => {} },
    post: webhookPoster([]),
  };
  expect([...channelsOfConfig(off, { ...parts, demo: undefined }).keys()]).toEqual([]);
  const demo = () => ({ isRepeatable: true, send: async () => ({}) });
  expect([...channelsOfConfig(off, { ...parts, demo }).keys()]).toEqual(["push", "sms", "voice", "email"]);
  const mail = { url: "smtp://127.0.0.1:25", from: "demo@example.com" };
  expect([...channelsOfConfig({ ...off, mail }, { ...parts, demo: undefined }).keys()]).toEqual(["email"]);
});
