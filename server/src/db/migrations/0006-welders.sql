-- Welders who register themselves, their certificates from entry to decision, photos, notices.

-- What a person agreed to, and when; a new text asks again.
create table consents (
  person_id uuid not null references persons,
  version text not null,
  agreed_at timestamptz not null,
  primary key (person_id, version)
);

-- Pictures lie elsewhere, each encrypted with a key of its own; the key is sealed with the master key.
create table blobs (
  blob_id uuid primary key,
  person_id uuid not null references persons,
  kind text not null check (kind in ('certificate-photo', 'portrait', 'installation-photo', 'installation-signature')),
  media_type text not null,
  size_bytes integer not null,
  key_ciphertext bytea not null,
  stored_at timestamptz not null
);
create index blobs_person on blobs (person_id);

alter table welders add column portrait_blob_id uuid references blobs;

-- Whether an entry was found true. What an authority's register brought in is.
alter table certificates add column verification text not null default 'verified'
  check (verification in ('submitted', 'verified', 'rejected'));
create index certificates_valid_to on certificates (valid_to) where verification = 'verified' and status = 'valid';
create index certificates_review_due on certificates (review_due_on)
  where verification = 'verified' and status = 'valid' and review_due_on is not null;
-- One certificate is one welder's: nobody enters a number that somebody else's valid entry holds.
create index certificates_number on certificates (family, number_index);

-- What a welder entered, what the registry answered and what was decided about it.
create table certificate_submissions (
  certificate_id uuid primary key references certificates,
  -- Raised with every change: a decision names the one it was made on.
  revision integer not null default 1,
  submitted_at timestamptz not null,
  photo_blob_id uuid references blobs,
  registry_outcome text check (registry_outcome in
    ('valid', 'not-found', 'mismatch', 'revoked', 'expired', 'unreachable', 'not-configured')),
  registry_differs jsonb not null default '[]',
  registry_checked_at timestamptz,
  decided_at timestamptz,
  -- A person's id, or `registry`.
  decided_by text,
  rejection_reason text,
  rejection_text text
);
create index certificate_submissions_waiting on certificate_submissions (submitted_at, certificate_id)
  where decided_at is null;

-- What a person is told inside the app. A dedup key makes a thing be told once.
create table notifications (
  notification_id uuid primary key,
  person_id uuid not null references persons,
  kind text not null,
  data jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  dedup_key text unique
);
create index notifications_person on notifications (person_id, created_at desc);
