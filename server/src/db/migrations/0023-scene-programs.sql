-- A program that looks at scenes beside staff: that it is asked, and what it said. It never stands between a scene and
-- staff, whose queue has the scene from the moment it was sent in.
create table scene_program_reports (
  scene_check_id uuid primary key references scene_checks,
  checker text not null,
  -- asking: no answer yet; proposed: staff decide; decided: its verdict counted; late: staff were quicker; silent: no
  -- answer in time.
  status text not null check (status in ('asking', 'proposed', 'decided', 'late', 'silent')),
  -- When it is asked next; while it is being asked, when the asking counts as lost.
  ask_due_at timestamptz,
  tries integer not null default 0,
  -- Why the last asking failed.
  failure text,
  checker_version text,
  verdict text check (verdict in ('pass', 'fail', 'refer')),
  findings jsonb not null default '[]',
  reason text,
  looked_at uuid[] not null default '{}',
  reported_at timestamptz,
  check ((status = 'asking') = (ask_due_at is not null)),
  check (status in ('asking', 'silent') or reported_at is not null or status = 'late')
);
create index scene_program_reports_due on scene_program_reports (ask_due_at) where ask_due_at is not null;

-- Of the program that decided; null where staff did.
alter table scene_checks add column checker_version text;

-- Findings name who found them. Until now that was always staff.
update scene_checks set findings = (
  select jsonb_agg(finding || '{"foundBy": "staff"}' order by place)
  from jsonb_array_elements(findings) with ordinality as f (finding, place))
where jsonb_array_length(findings) > 0;
