-- Pictures beside the steps of adaptation profiles. They are nobody's personal data, and sealed as every blob is.
create table model_pictures (
  picture_id uuid primary key,
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  size_bytes integer not null check (size_bytes > 0),
  -- Of the picture as it is shown, without what the camera wrote beside the image.
  sha256 bytea not null check (length(sha256) = 32),
  key_ciphertext bytea not null,
  uploaded_by uuid not null references persons,
  uploaded_at timestamptz not null
);
create index model_pictures_uploaded on model_pictures (uploaded_at);

-- Versions are kept for good: no picture goes while one of them shows it.
create table adaptation_profile_pictures (
  profile_key text not null,
  version integer not null,
  picture_id uuid not null references model_pictures,
  primary key (profile_key, version, picture_id),
  foreign key (profile_key, version) references adaptation_profiles
);
create index adaptation_profile_pictures_picture on adaptation_profile_pictures (picture_id);
