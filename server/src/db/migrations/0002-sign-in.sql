-- Signing in and the audit log. Codes, tokens and passwords are stored as digests only.

-- The one live code of a phone; kept for phones nobody has as well, so that the answers do not differ.
create table sign_in_codes (
  phone_index bytea primary key,
  code_digest bytea not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  attempts_left smallint not null,
  -- Messages since window_started_at, to bound what one phone can be sent.
  window_started_at timestamptz not null,
  window_sends integer not null
);

create table staff_accounts (
  person_id uuid primary key references persons,
  -- Lower case.
  username text not null unique check (username = lower(username)),
  -- PHC string, argon2id (RFC 9106).
  password_hash text not null,
  totp_ciphertext bytea not null,
  -- The last time step (RFC 6238 §5.2) used; never again this one or an earlier one.
  totp_last_step bigint not null default 0,
  created_at timestamptz not null
);

-- Failed attempts by user name, existing or not.
create table sign_in_failures (
  username text primary key,
  failed_attempts integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz not null
);

create table sign_ins (
  sign_in_id uuid primary key,
  person_id uuid not null references persons,
  token_digest bytea not null unique,
  method text not null check (method in ('phone', 'staff')),
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  device text not null,
  address text not null
);
create index sign_ins_person on sign_ins (person_id) where revoked_at is null;

-- Demonstration only: text messages that would have been sent, to invented phones.
create table demo_inbox (
  message_id uuid primary key,
  phone text not null,
  code text not null,
  sent_at timestamptz not null
);
create index demo_inbox_time on demo_inbox (sent_at desc);

-- Each entry's chain_hash is SHA-256(the one before ‖ SHA-256 of the entry); the head tells where the log ends.
create table audit_log (
  seq bigint primary key,
  id uuid not null unique,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null,
  chain_hash bytea not null
);
create index audit_log_actor on audit_log (actor, seq desc);
create index audit_log_subject on audit_log (subject, seq desc);

create table audit_head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  hash bytea not null
);
insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end
$$;
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_audit_change();
create trigger audit_log_no_truncate before truncate on audit_log
  for each statement execute function refuse_audit_change();
