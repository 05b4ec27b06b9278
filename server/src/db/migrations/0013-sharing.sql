-- What departments read of each other, and what a person may ask about his own data.

-- Texts that people agree to, by kind and version; a published one never changes.
create table consent_texts (
  consent_text_id uuid primary key,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  version integer not null check (version > 0),
  title jsonb not null,
  body jsonb not null,
  -- What is different from the version before, and why: told to whoever agreed to that.
  changes jsonb,
  -- SHA-256 over the canonical JSON of title and body, so that what was agreed to can be shown to be this text.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  effective_from timestamptz not null,
  published_at timestamptz not null,
  published_by text not null,
  unique (kind, version)
);

-- The notice that whoever registers agrees to: the one that registrations so far have shown, and the next, which says
-- what can be done on the phone now. Later ones are published by an operator.
insert into consent_texts
  (consent_text_id, kind, version, title, body, changes, sha256, effective_from, published_at, published_by)
values
  ('019b76da-a800-7000-8000-000000000001', 'privacy', 1,
   '{"zh": "个人信息告知书", "en": "Privacy notice"}',
   '{"zh": "为核验持证上岗，平台处理您的姓名、手机号、身份证号、操作证信息和照片。\n身份证号、证书编号和照片加密保存，只供您所在区域的监管人员审核证书时查看，每次查看都有记录。\n证书信息会发送给发证机关的证书登记系统核验。您扫码开机时的位置只用于核验您在焊机旁。\n头像可以不提供；不会只凭人脸决定您能否开机。\n您可以随时在“我的”查看自己的信息；需要更正、导出或删除时，请联系所在地消防站。", "en": "To check that welders are certified, the platform uses your name, phone, identity number, certificates and their photos.\nNumbers and photos are stored encrypted and shown only to the authorities of your region who check certificates; each look is recorded.\nCertificate data is sent to the issuer''s registry to be checked. Your place at the scan is used only to see that you are beside the machine.\nA portrait is optional; a face alone never decides whether you may start a machine.\nYou can see your data under “Me”; to correct, export or delete it, ask your local fire station."}',
   null,
   'a0bde4fb2d42447f44f382b106065c5761ec1d6337f86ae54ab2e8872372b07b',
   '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'system'),
  ('019b76da-a800-7000-8000-000000000002', 'privacy', 2,
   '{"zh": "个人信息告知书", "en": "Privacy notice"}',
   '{"zh": "为核验持证上岗，平台处理您的姓名、手机号、身份证号、操作证信息和照片。\n身份证号、证书编号和照片加密保存，只供您所在区域的监管人员审核证书时查看，每次查看都有记录。\n证书信息会发送给发证机关的证书登记系统核验。您扫码开机时的位置只用于核验您在焊机旁。\n头像可以不提供；不会只凭人脸决定您能否开机。\n您可以随时在“我的 · 个人信息与授权”查看、导出自己的信息，撤回同意或申请注销；需要更正时，请联系所在地消防站。", "en": "To check that welders are certified, the platform uses your name, phone, identity number, certificates and their photos.\nNumbers and photos are stored encrypted and shown only to the authorities of your region who check certificates; each look is recorded.\nCertificate data is sent to the issuer''s registry to be checked. Your place at the scan is used only to see that you are beside the machine.\nA portrait is optional; a face alone never decides whether you may start a machine.\nUnder “Me · Personal data and consent” you can see and export your data, take your consent back or ask to be erased; to correct it, ask your local fire station."}',
   '{"zh": "查看、导出、撤回同意和注销，现在都可以在手机上自己办理，不必再去消防站。", "en": "Seeing and exporting your data, taking consent back and asking to be erased can now be done on the phone, without going to the fire station."}',
   'ef9ba56e50917331082579443dab8e41b4856f665d9752843dc79f9104c18e40',
   '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'system');

-- Consents given so far were to the first notice; the second is asked of those who gave them. The latest of each counts.
delete from consents a using consents b
where a.person_id = b.person_id and (a.agreed_at, a.version) < (b.agreed_at, b.version);
alter table consents
  drop constraint consents_pkey,
  add column consent_id uuid primary key default gen_random_uuid(),
  add column consent_text_id uuid not null default '019b76da-a800-7000-8000-000000000001' references consent_texts,
  add column withdrawn_at timestamptz;
alter table consents
  alter column consent_id drop default,
  alter column consent_text_id drop default,
  drop column version;
alter table consents rename column agreed_at to given_at;
create index consents_person on consents (person_id, given_at desc);
create unique index consents_standing on consents (person_id, consent_text_id) where withdrawn_at is null;

-- How long which part of a person's data is kept although he asks for its erasure: data, never code. The newest version
-- whose day has come holds. A basis that nobody has read in the original is marked unverified.
create table retention_rules (
  part text not null check (part in ('contact', 'identity', 'certificates')),
  version integer not null,
  effective_from timestamptz not null,
  months integer not null check (months between 0 and 1200),
  counted_from text not null check (counted_from in ('last-work', 'certificate-end')),
  basis jsonb not null,
  is_verified boolean not null,
  changed_by text not null,
  primary key (part, version)
);
insert into retention_rules (part, version, effective_from, months, counted_from, basis, is_verified, changed_by) values
  ('contact', 1, '2026-01-01T00:00:00Z', 0, 'last-work',
   '{"zh": "联系方式只为登录和通知；注销后不再需要", "en": "Contact data serves signing in and notices only; not needed after leaving"}', false, 'system'),
  ('identity', 1, '2026-01-01T00:00:00Z', 12, 'last-work',
   '{"zh": "动火作业记录须能对应到作业人；参照 GB 30871-2022 附录 B 作业票保存 1 年，各地可另定", "en": "A record of hot work must lead to its welder; after GB 30871-2022 annex B (tickets kept one year), regions may set another"}', false, 'system'),
  ('certificates', 1, '2026-01-01T00:00:00Z', 12, 'certificate-end',
   '{"zh": "持证核验记录须可复查至证书到期后一年，各地可另定", "en": "Checks of a certificate stay reviewable until a year after it ended; regions may set another"}', false, 'system');

create table erasure_requests (
  erasure_request_id uuid primary key,
  person_id uuid not null references persons,
  -- Null: somebody without a role and without a register's entry; the whole platform's operators decide.
  region_code text references regions,
  requested_at timestamptz not null,
  -- partly: what the law keeps is still there, listed in kept, and erased when it is due.
  status text not null check (status in ('requested', 'refused', 'partly', 'done', 'withdrawn')),
  decided_at timestamptz,
  decided_by uuid references persons,
  reason text,
  kept jsonb not null default '[]',
  -- When the next kept part may go.
  due_at timestamptz,
  finished_at timestamptz
);
create unique index erasure_requests_open on erasure_requests (person_id) where status in ('requested', 'partly');
create index erasure_requests_region on erasure_requests (region_code text_pattern_ops, requested_at desc);
create index erasure_requests_due on erasure_requests (due_at) where status = 'partly';

-- Departments' programs (OAuth 2.0 client credentials, RFC 6749 section 4.4). Secrets and tokens are digests only.
create table api_clients (
  client_id uuid primary key,
  name text not null,
  -- Its rights bound what the program reads, whatever its fields say.
  department_key text not null references departments,
  region_code text not null references regions,
  -- By resource the fields that may be read: {"machines": ["name", …]}.
  fields jsonb not null,
  requests_per_minute integer not null check (requests_per_minute between 1 and 6000),
  is_active boolean not null default true,
  created_at timestamptz not null,
  created_by uuid not null references persons
);
create index api_clients_region on api_clients (region_code text_pattern_ops);

create table api_client_secrets (
  secret_id uuid primary key,
  client_id uuid not null references api_clients,
  digest bytea not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index api_client_secrets_client on api_client_secrets (client_id) where revoked_at is null;

create table api_tokens (
  token_digest bytea primary key,
  client_id uuid not null references api_clients,
  secret_id uuid not null references api_client_secrets,
  issued_at timestamptz not null,
  expires_at timestamptz not null
);
create index api_tokens_expiry on api_tokens (expires_at);

create table webhook_subscriptions (
  subscription_id uuid primary key,
  client_id uuid not null references api_clients,
  url text not null,
  event_kinds jsonb not null,
  is_active boolean not null default true,
  created_at timestamptz not null,
  created_by uuid not null references persons,
  -- Of what earlier transactions did it is told nothing: they came before it was made, or while it was switched off.
  since_xid xid8 not null default pg_snapshot_xmin(pg_current_snapshot()),
  -- It has been told of all that earlier transactions did.
  told_xid xid8 not null default pg_snapshot_xmin(pg_current_snapshot()),
  last_sequence bigint not null default 0
);
create index webhook_subscriptions_client on webhook_subscriptions (client_id);

create table webhook_deliveries (
  delivery_id uuid primary key,
  subscription_id uuid not null references webhook_subscriptions,
  -- 1, 2, 3 … of its subscription, in the order in which things happened.
  sequence bigint not null,
  event_kind text not null,
  -- Thin: what happened to which id. The receiver reads the rest through its own scopes.
  event jsonb not null,
  -- What it tells of, so that nothing is told twice: `work-session:…`, `decision:…`, `chip-event:…`.
  source text not null,
  occurred_at timestamptz not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
  attempts integer not null default 0,
  -- Null: at once.
  next_attempt_at timestamptz,
  last_attempt_at timestamptz,
  last_status integer,
  last_error text,
  unique (subscription_id, event_kind, source)
);
create unique index webhook_deliveries_head on webhook_deliveries (subscription_id, sequence) where status = 'pending';
create index webhook_deliveries_time on webhook_deliveries (occurred_at desc);

-- Subscribers are told by a sweep that reads what the transactions since its last run have written: writing costs eight
-- bytes a row, and an entry of an index only for what somebody may be told of.
alter table decisions add column written_xid xid8 not null default pg_current_xact_id();
create index decisions_told on decisions (written_xid) where outcome = 'refuse';
alter table chip_events add column written_xid xid8 not null default pg_current_xact_id();
create index chip_events_told on chip_events (written_xid) where kind in ('tamper', 'gas-cut', 'bypass-suspected');

-- Which transaction last changed a row: readers that come back ask for what changed since. Transactions end in another
-- order than they begin, so a reader is only shown those that are older than every one still running.
create table shared_feed (
  only_row boolean primary key default true check (only_row),
  -- Another one after a restore into a cluster whose transaction numbers start again.
  epoch uuid not null
);
insert into shared_feed (epoch) values (gen_random_uuid());

create function note_shared_change() returns trigger language plpgsql as $$
begin
  new.changed_xid := pg_current_xact_id();
  new.changed_at := now();
  return new;
end
$$;

alter table machines add column changed_xid xid8 not null default pg_current_xact_id(),
  add column changed_at timestamptz not null default now();
create index machines_changed on machines (changed_xid, machine_id);
create trigger machines_changed before update on machines
  for each row when (old.* is distinct from new.*) execute function note_shared_change();

alter table enterprises add column changed_xid xid8 not null default pg_current_xact_id(),
  add column changed_at timestamptz not null default now();
create index enterprises_changed on enterprises (changed_xid, enterprise_id);
create trigger enterprises_changed before update on enterprises
  for each row when (old.* is distinct from new.*) execute function note_shared_change();

alter table certificates add column changed_xid xid8 not null default pg_current_xact_id(),
  add column changed_at timestamptz not null default now();
create index certificates_changed on certificates (changed_xid, certificate_id);
create trigger certificates_changed before update on certificates
  for each row when (old.* is distinct from new.*) execute function note_shared_change();

-- An open session's running totals are not told one by one: its row is a hot one.
create function note_session_change() returns trigger language plpgsql as $$
begin
  new.changed_xid := pg_current_xact_id();
  new.changed_at := now();
  if new.status = 'ended' and old.status <> 'ended' then
    new.ended_xid := new.changed_xid;
  end if;
  return new;
end
$$;
alter table work_sessions add column changed_xid xid8 not null default pg_current_xact_id(),
  add column changed_at timestamptz not null default now(),
  add column ended_xid xid8;
create index work_sessions_changed on work_sessions (changed_xid, work_session_id);
create trigger work_sessions_changed before update on work_sessions
  for each row when (old.status is distinct from new.status
                     or old.checkpoint_verified is distinct from new.checkpoint_verified
                     or new.status = 'ended')
  execute function note_session_change();
