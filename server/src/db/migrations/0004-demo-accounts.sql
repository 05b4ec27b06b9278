-- Demonstration only: accounts that a newcomer can take, with what is needed to sign in. Empty elsewhere.
create table demo_accounts (
  person_id uuid primary key references persons,
  place smallint not null unique,
  note jsonb not null,
  phone text,
  username text,
  password_ciphertext bytea
);

-- Machines a newcomer can scan.
create table demo_labels (
  machine_id uuid primary key references machines,
  place smallint not null unique,
  note jsonb not null
);
