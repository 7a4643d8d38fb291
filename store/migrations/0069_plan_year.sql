-- Closings of the yearly work under a plan, with what stood then.
create table plan_year (
  id text not null primary key,
  plan text not null,
  year bigint not null,
  number bigint not null,
  state text not null,
  person text not null,
  at bigint not null,
  content text not null,
  reason text not null,
  asked_by text not null,
  asked_at bigint not null,
  approved_by text not null,
  approved_at bigint not null,
  version bigint not null
);
create index plan_year_by_plan on plan_year (plan, year, number);

-- What was handed to publication, so that it can be compared with what is stored.
create table plan_release (
  id text not null primary key,
  kind text not null,
  plan text not null,
  unit text not null,
  publication text not null,
  person text not null,
  at bigint not null,
  version bigint not null
);
create index plan_release_by_kind on plan_release (kind, plan);
