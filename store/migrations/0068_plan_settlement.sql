-- What people decided about paragraphs, targets, nodes and yearly items that were left open under a plan.
create table plan_settlement (
  id text not null primary key,
  plan text not null,
  kind text not null,
  subject text not null,
  year bigint not null,
  node text not null,
  reason text not null,
  person text not null,
  at bigint not null,
  ended_by text not null,
  ended_at bigint not null,
  end_reason text not null,
  version bigint not null
);
create index plan_settlement_by_plan on plan_settlement (plan, kind, subject);
