-- What measures a target of a plan: one row for each version. The number is unique within plan and target.
create table plan_binding (
  id text not null primary key,
  plan text not null,
  target text not null,
  number bigint not null,
  state text not null,
  kind text not null,
  name text not null,
  stage text not null,
  confidence double precision not null,
  reason text not null,
  person text not null,
  made bigint not null,
  second text not null,
  approved bigint not null,
  version bigint not null
);
create unique index plan_binding_number on plan_binding (plan, target, number);
