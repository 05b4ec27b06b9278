import type { Language, MessageChannel, MessageSeverity, MessageTopic } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

/** What fills the places of a template. */
export type MessageWords = Readonly<Record<string, string | number>>;

export interface MessagesTable {
  message_id: string;
  once_key: string;
  person_id: PersonId;
  topic: MessageTopic;
  severity: MessageSeverity;
  subject_kind: string;
  subject_id: string;
  template: string;
  words: Json<MessageWords>;
  created_at: Date;
  plan_at: Date | null;
  planned_at: Generated<Date | null>;
  channel_count: Generated<number>;
  gathered_in: Generated<string | null>;
  opened_at: Generated<Date | null>;
  acknowledged_at: Generated<Date | null>;
}

export interface MessageDeliveriesTable {
  delivery_id: string;
  message_id: string;
  channel: MessageChannel;
  status: "waiting" | "sent" | "given-up" | "not-needed";
  attempts: Generated<number>;
  next_attempt_at: Date | null;
  is_trying: Generated<boolean>;
  sent_at: Generated<Date | null>;
  last_error: Generated<string | null>;
}

export type ChannelsBySeverity = Record<MessageSeverity, MessageChannel[]>;

export interface TellingPreferencesTable {
  person_id: PersonId;
  channels: Json<ChannelsBySeverity>;
  quiet_from: string | null;
  quiet_until: string | null;
  language: Language;
  changed_at: Date;
}

export interface EmailAddressesTable {
  person_id: PersonId;
  email_ciphertext: Uint8Array;
  code_digest: Uint8Array | null;
  code_expires_at: Date | null;
  attempts_left: number;
  asked_at: Date;
  confirmed_at: Date | null;
}

export interface PushSubscriptionsTable {
  push_subscription_id: string;
  person_id: PersonId;
  endpoint_index: Uint8Array;
  subscription_ciphertext: Uint8Array;
  device: string;
  created_at: Date;
}

export interface DemoToldTable {
  told_id: string;
  channel: MessageChannel;
  address: string;
  title: string;
  body: string;
  sent_at: Date;
}

export interface TellingTables {
  demo_told: DemoToldTable;
  messages: MessagesTable;
  message_deliveries: MessageDeliveriesTable;
  telling_preferences: TellingPreferencesTable;
  email_addresses: EmailAddressesTable;
  push_subscriptions: PushSubscriptionsTable;
}
