import type { MailConfig, PushConfig, SmsConfig, VoiceConfig } from "./config.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { Values } from "./keys.ts";

/** Who sends text messages; undefined with a problem told. */
export function smsOf(values: Values, problems: ConfigProblem[]): SmsConfig | undefined {
  const provider = providerOf("HY_SMS", values, problems);
  if (provider !== "tencent") return provider && { provider };
  const required = requiring(values, problems, "HY_SMS=tencent");
  return {
    provider,
    secretId: required("HY_SMS_TENCENT_SECRET_ID"),
    secretKey: required("HY_SMS_TENCENT_SECRET_KEY"),
    sdkAppId: required("HY_SMS_TENCENT_SDK_APP_ID"),
    signName: required("HY_SMS_TENCENT_SIGN_NAME"),
    templateId: required("HY_SMS_TENCENT_TEMPLATE_ID"),
    messageTemplateId: values.HY_SMS_TENCENT_MESSAGE_TEMPLATE_ID,
    region: values.HY_SMS_TENCENT_REGION,
    endpoint: values.HY_SMS_TENCENT_ENDPOINT,
  };
}

/** Who rings phones; undefined with a problem told. */
export function voiceOf(values: Values, problems: ConfigProblem[]): VoiceConfig | undefined {
  const provider = providerOf("HY_VOICE", values, problems);
  if (provider !== "tencent") return provider && { provider };
  const required = requiring(values, problems, "HY_VOICE=tencent");
  return {
    provider,
    secretId: required("HY_VOICE_TENCENT_SECRET_ID"),
    secretKey: required("HY_VOICE_TENCENT_SECRET_KEY"),
    sdkAppId: required("HY_VOICE_TENCENT_SDK_APP_ID"),
    templateId: required("HY_VOICE_TENCENT_TEMPLATE_ID"),
    region: values.HY_VOICE_TENCENT_REGION,
    endpoint: values.HY_VOICE_TENCENT_ENDPOINT.replace(/\/$/, ""),
  };
}

export function mailOf(values: Values, problems: ConfigProblem[]): MailConfig | undefined {
  const { HY_MAIL_URL: url, HY_MAIL_FROM: from } = values;
  if (url !== undefined && from !== undefined) return { url, from };
  if (url === undefined && from === undefined) return undefined;
  problems.push({
    key: url === undefined ? "HY_MAIL_URL" : "HY_MAIL_FROM",
    "zh-CN": "HY_MAIL_URL 与 HY_MAIL_FROM 须同时设置",
    en: "set HY_MAIL_URL and HY_MAIL_FROM together",
  });
  return undefined;
}

export function pushOf(
  { HY_PUSH_CONTACT: contact }: Values,
  key: Uint8Array | undefined,
  problems: ConfigProblem[],
): PushConfig | undefined {
  if (contact === undefined) return undefined;
  if (key) return { contact, key };
  problems.push({
    key: "HY_PUSH_KEY",
    "zh-CN":
      "启用推送需要密钥：请设置 HY_PUSH_KEY、HY_PUSH_KEY_FILE，或运行 node server/src/commands/create-secrets.ts <目录>",
    en: "push needs its key: set HY_PUSH_KEY or HY_PUSH_KEY_FILE, or run node server/src/commands/create-secrets.ts <folder>",
  });
  return undefined;
}

/** The demo stands in for every provider that is not named. */
function providerOf(
  key: "HY_SMS" | "HY_VOICE",
  values: Values,
  problems: ConfigProblem[],
): "none" | "demo" | "tencent" | undefined {
  const provider = values[key] ?? (values.HY_DEMO ? "demo" : "none");
  if (provider !== "demo" || values.HY_DEMO) return provider;
  problems.push({
    key,
    "zh-CN": "demo 只能在演示模式（HY_DEMO=1）下使用；请改为 tencent 或 none",
    en: "demo is for HY_DEMO=1 only: write tencent or none",
  });
  return undefined;
}

function requiring(values: Values, problems: ConfigProblem[], when: string) {
  return (key: keyof Values & `HY_${"SMS" | "VOICE"}_TENCENT_${string}`): string => {
    const value = values[key];
    if (value) return value;
    problems.push({ key, "zh-CN": `使用腾讯云（${when}）时必填`, en: `is needed when ${when}` });
    return "";
  };
}
