import { createTransport } from "nodemailer";
import type { MailConfig } from "../config/config.ts";
import { type Channel, NotTaken } from "./channel.ts";

/** Who an SMTP server's own codes speak to: RFC 5321 §4.2.1, 5yz is for good. */
const isForGood = (code: unknown) => typeof code === "number" && code >= 500 && code < 600;
const PATIENCE_MS = 15_000;

/** Mail by SMTP, as plain text. A mail that is sent again carries the same Message-ID. */
export function emailChannel({ url, from }: MailConfig): Channel {
  const transport = createTransport({
    url,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  return {
    isRepeatable: true,
    async send({ email }, { title, body, deliveryId }) {
      if (email === null) throw new NotTaken("no-email", { isFinal: true });
      try {
        await transport.sendMail({
          from,
          to: { name: "", address: email },
          subject: title,
          text: body,
          messageId: `<${deliveryId}@hanyouxu>`,
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        // The server's words may hold the address: only codes are kept.
        const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
        const reason = typeof responseCode === "number" ? `smtp-${responseCode}` : String(code ?? "failed");
        throw new NotTaken(reason.slice(0, 60), { isFinal: isForGood(responseCode), isUnknown: true });
      }
      return {};
    },
  };
}
