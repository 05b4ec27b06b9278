import { bilingual } from "@hanyouxu/api";
import { z } from "zod";
import { isPublicOrigin, key, publicUrlError } from "./key-kinds.ts";

/** The keys of what goes out to people: text messages, calls, mail, pushes. */
export const channelKeys = {
  HY_SMS: key(
    z
      .enum(["none", "demo", "tencent"], {
        error: bilingual("请填 none、demo 或 tencent", "write none, demo or tencent"),
      })
      .optional(),
    "Who sends one-time codes: `tencent` (Tencent Cloud SMS), `demo` (the demo inbox; with HY_DEMO=1 only), `none`.",
  ),
  HY_SMS_TENCENT_SECRET_ID: key(z.string().optional(), "SecretId of an API key that may call sms:SendSms."),
  HY_SMS_TENCENT_SECRET_KEY: key(z.string().optional(), "SecretKey of that API key. Secret."),
  HY_SMS_TENCENT_SDK_APP_ID: key(z.string().optional(), "SmsSdkAppId of the application, 1400…"),
  HY_SMS_TENCENT_SIGN_NAME: key(z.string().optional(), "Approved signature, without the brackets."),
  HY_SMS_TENCENT_TEMPLATE_ID: key(
    z.string().optional(),
    "Approved template with two parameters: {1} the code, {2} the minutes it is valid.",
  ),
  HY_SMS_TENCENT_MESSAGE_TEMPLATE_ID: key(
    z.string().optional(),
    "Approved template of messages with two parameters: {1} what it is, {2} where. Without it only codes go by text message.",
  ),
  HY_SMS_TENCENT_REGION: key(z.string().default("ap-guangzhou"), "Region of the API."),
  HY_SMS_TENCENT_ENDPOINT: key(
    z.string().refine(isPublicOrigin, { error: publicUrlError }).default("https://sms.tencentcloudapi.com"),
    "Address of the API.",
  ),
  HY_VOICE: key(
    z
      .enum(["none", "demo", "tencent"], {
        error: bilingual("请填 none、demo 或 tencent", "write none, demo or tencent"),
      })
      .optional(),
    "Who rings phones with dangers: `tencent` (Tencent Cloud VMS), `demo` (the demo inbox; with HY_DEMO=1 only), `none`.",
  ),
  HY_VOICE_TENCENT_SECRET_ID: key(
    z.string().optional(),
    "SecretId of an API key that may call vms:SendTtsVoice.",
  ),
  HY_VOICE_TENCENT_SECRET_KEY: key(z.string().optional(), "SecretKey of that API key. Secret."),
  HY_VOICE_TENCENT_SDK_APP_ID: key(z.string().optional(), "VoiceSdkAppid of the application."),
  HY_VOICE_TENCENT_TEMPLATE_ID: key(
    z.string().optional(),
    "Approved template with two parameters: {1} what it is, {2} where.",
  ),
  HY_VOICE_TENCENT_REGION: key(z.string().default("ap-guangzhou"), "Region of the API."),
  HY_VOICE_TENCENT_ENDPOINT: key(
    z.string().refine(isPublicOrigin, { error: publicUrlError }).default("https://vms.tencentcloudapi.com"),
    "Address of the API.",
  ),
  HY_MAIL_URL: key(
    z
      .string()
      .regex(/^smtps?:\/\/[^/]+/, {
        error: bilingual(
          "应为 smtps://用户:密码@主机:465 或 smtp://主机:587",
          "write smtps://user:password@host:465 or smtp://host:587",
        ),
      })
      .optional(),
    "Where mail goes out (SMTP); without it none does. Secret.",
  ),
  HY_MAIL_FROM: key(
    z
      .string()
      .regex(/^[^<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/, {
        error: bilingual("应为 名称 <地址> 或一个邮箱地址", "write Name <address> or an address"),
      })
      .optional(),
    "Who mail comes from.",
  ),
  HY_PUSH_CONTACT: key(
    z
      .string()
      .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/[^\s]+)$/, {
        error: bilingual("应为 mailto:地址 或 https 网址", "write mailto:address or an https address"),
      })
      .optional(),
    "Turns Web Push on: whom push services write to about trouble (RFC 8292), `mailto:…` or `https://…`.",
  ),
  HY_PUSH_KEY: key(
    z.string().optional(),
    "Base64url of 32 bytes (P-256): what browsers know this platform's pushes by; changing it ends every subscription. Secret.",
  ),
};
