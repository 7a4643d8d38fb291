-- Plans: drafts with the document handed over, the log of operations on them, and the versions adopted.

create table plan_draft (
  id text not null primary key,
  plan text not null,
  title text not null,
  file text not null,
  format text not null,
  size bigint not null,
  original text not null,
  state text not null,
  head bigint not null,
  reviewed bigint not null,
  total bigint not null,
  person text not null,
  created bigint not null,
  changed bigint not null,
  number bigint not null,
  version bigint not null
);
create index plan_draft_by_state on plan_draft (state, created);

create table plan_source (
  id text not null primary key,
  content text not null
);

create table plan_original (
  id text not null primary key,
  content text not null
);

create table plan_operation (
  id text not null primary key,
  draft text not null,
  number bigint not null,
  act text not null,
  person text not null,
  at bigint not null,
  content text not null
);
create index plan_operation_by_draft on plan_operation (draft, number);

create table plan (
  id text not null primary key,
  title text not null,
  region text not null,
  year_from bigint not null,
  year_to bigint not null,
  versions bigint not null,
  created bigint not null,
  changed bigint not null,
  version bigint not null
);

create table plan_version (
  id text not null primary key,
  plan text not null,
  number bigint not null,
  draft text not null,
  content text not null,
  hash text not null,
  person text not null,
  adopted bigint not null
);
create index plan_version_by_plan on plan_version (plan, number);
