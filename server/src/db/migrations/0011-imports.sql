-- Bulk imports. The row of `imports` is the job: what is due is read off its status, and who works on it holds a lease.
create table imports (
  import_id uuid primary key,
  kind text not null check (kind in ('enterprises', 'machines', 'welders')),
  file_name text not null,
  file_format text not null check (file_format in ('xlsx', 'csv')),
  file_bytes integer not null,
  file_sha256 bytea not null,
  -- The file itself is personal data: sealed, and gone after file_until.
  file_ciphertext bytea,
  file_until timestamptz not null,
  uploaded_by uuid not null references persons,
  uploaded_at timestamptz not null,
  -- What the person may reach, as it was when the run in hand was asked for.
  scope jsonb not null,
  -- checking → checked → applying → applied; refused: the file as a whole is of no use; failed: given up after tries.
  status text not null
    check (status in ('checking', 'checked', 'applying', 'applied', 'cancelled', 'refused', 'failed')),
  mode text check (mode in ('all-or-nothing', 'skip-bad-rows')),
  claimed_by uuid,
  claimed_until timestamptz,
  tries integer not null default 0,
  rows_total integer,
  rows_done integer not null default 0,
  rows_bad integer not null default 0,
  rows_example integer not null default 0,
  warnings integer not null default 0,
  to_insert integer not null default 0,
  to_update integer not null default 0,
  unchanged integer not null default 0,
  problem jsonb,
  checked_at timestamptz,
  applied_at timestamptz
);
create index imports_time on imports (uploaded_at desc);
create index imports_person on imports (uploaded_by, uploaded_at desc);
create index imports_due on imports (uploaded_at) where status in ('checking', 'applying');
create index imports_file_until on imports (file_until) where file_ciphertext is not null;

-- What a check found: which row, which column, what. Never the value.
create table import_issues (
  import_id uuid not null references imports on delete cascade,
  row_number integer not null,
  place smallint not null,
  column_key text not null,
  code text not null,
  is_warning boolean not null,
  details jsonb not null,
  primary key (import_id, row_number, place)
);

-- Good rows made ready by a check, personal data sealed; they wait here, unseen, until they are applied in one go.
create table import_rows (
  import_id uuid not null references imports on delete cascade,
  row_number integer not null,
  data jsonb not null,
  primary key (import_id, row_number)
);

-- The maker's number tells machines of one enterprise apart before they have a label.
create unique index machines_serial_number on machines (enterprise_id, serial_number);

create index certificates_by_number on certificates (number_index);
