-- An installer's one-use right to enrol a chip for one machine; the token itself is stored as a digest only.
create table enrolment_tokens (
  enrolment_token_id uuid primary key,
  token_digest bytea not null unique,
  machine_id uuid not null references machines,
  issued_by uuid not null references persons,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  chip_id text references chips
);
create index enrolment_tokens_machine on enrolment_tokens (machine_id);

alter table chips add column revocation_reason text;
create index chips_revoked on chips (revoked_at) where revoked_at is not null;
