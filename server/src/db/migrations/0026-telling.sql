-- Telling people: what is told (the outbox, written with what it is about), and how it goes out of the app.

create table messages (
  message_id uuid primary key,
  -- What has been told under the same key is not told to the same person again.
  once_key text not null,
  person_id uuid not null references persons,
  topic text not null,
  severity text not null check (severity in ('notice', 'warning', 'danger')),
  subject_kind text not null,
  subject_id text not null,
  -- The words that the template's text has places for: never a number or name of a person.
  template text not null,
  words jsonb not null,
  created_at timestamptz not null,
  -- When it is decided by which channels it goes out; null once that is done.
  plan_at timestamptz,
  planned_at timestamptz,
  -- By so many channels it went out of the app; the app itself always has it.
  channel_count integer not null default 0,
  -- The digest that stands for it outside, or the message of the same danger shortly before.
  gathered_in uuid references messages,
  opened_at timestamptz,
  acknowledged_at timestamptz,
  unique (person_id, once_key),
  check ((plan_at is null) = (planned_at is not null))
);
create index messages_plan on messages (plan_at) where plan_at is not null;
create index messages_person on messages (person_id, created_at desc);
create index messages_created on messages (created_at desc);
create index messages_subject on messages (subject_kind, subject_id, created_at desc);
create index messages_gathered on messages (gathered_in) where gathered_in is not null;

-- One message by one channel.
create table message_deliveries (
  delivery_id uuid primary key,
  message_id uuid not null references messages on delete cascade,
  channel text not null check (channel in ('push', 'sms', 'voice', 'email')),
  -- not-needed: the person acknowledged it before it went out.
  status text not null check (status in ('waiting', 'sent', 'given-up', 'not-needed')),
  attempts integer not null default 0,
  -- When it is tried next; while it is being tried, when the try counts as lost.
  next_attempt_at timestamptz,
  -- A try was begun and nothing recorded of how it ended.
  is_trying boolean not null default false,
  sent_at timestamptz,
  -- A code of ours or the provider's: never a text of theirs, never an address.
  last_error text,
  unique (message_id, channel),
  check ((status = 'waiting') = (next_attempt_at is not null))
);
create index message_deliveries_due on message_deliveries (next_attempt_at) where next_attempt_at is not null;

create table telling_preferences (
  person_id uuid primary key references persons,
  -- Channels by severity.
  channels jsonb not null,
  -- Local times of the day, Asia/Shanghai; null: no quiet hours.
  quiet_from text,
  quiet_until text,
  language text not null check (language in ('zh-CN', 'en')),
  changed_at timestamptz not null,
  check ((quiet_from is null) = (quiet_until is null))
);

-- An address counts once its holder has answered with the code that was sent there.
create table email_addresses (
  person_id uuid primary key references persons,
  email_ciphertext bytea not null,
  code_digest bytea,
  code_expires_at timestamptz,
  attempts_left integer not null,
  asked_at timestamptz not null,
  confirmed_at timestamptz
);

-- Browsers that a person wants to be told through (Web Push). The endpoint is a key to reach them: sealed.
create table push_subscriptions (
  push_subscription_id uuid primary key,
  person_id uuid not null references persons,
  endpoint_index bytea not null unique,
  subscription_ciphertext bytea not null,
  device text not null,
  created_at timestamptz not null
);
create index push_subscriptions_person on push_subscriptions (person_id);

-- Demo only: what would have gone out.
create table demo_told (
  told_id uuid primary key,
  channel text not null,
  -- A phone, an address, or how many browsers.
  address text not null,
  title text not null,
  body text not null,
  sent_at timestamptz not null
);
