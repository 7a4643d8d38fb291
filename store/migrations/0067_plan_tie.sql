-- Which plan is an action programme of which, and which target of one plan is a target of another.
create table plan_tie (
  id text not null primary key,
  kind text not null,
  plan text not null,
  node text not null,
  of_plan text not null,
  of_node text not null,
  reason text not null,
  person text not null,
  at bigint not null,
  ended_by text not null,
  ended_at bigint not null,
  end_reason text not null,
  version bigint not null
);
create index plan_tie_by_plan on plan_tie (plan, kind);
