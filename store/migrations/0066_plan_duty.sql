-- Who leads what of a plan: every version that was ever wanted. content holds what has no column.
create table plan_duty (
  id text not null primary key,
  plan text not null,
  node text not null,
  number bigint not null,
  state text not null,
  reason text not null,
  person text not null,
  at bigint not null,
  approved_by text not null,
  approved_at bigint not null,
  lead text not null,
  content text not null,
  version bigint not null
);
create index plan_duty_by_node on plan_duty (plan, node, number);
