-- Amendments: changed baselines, goals, deadlines and owners of an adopted plan, from the proposal to the version that they became.
create table plan_amendment (
  id text not null primary key,
  plan text not null,
  number bigint not null,
  base bigint not null,
  state text not null,
  changes text not null,
  reason text not null,
  person text not null,
  proposed bigint not null,
  approver text not null,
  approved bigint not null,
  made bigint not null,
  version bigint not null
);
create index plan_amendment_by_plan on plan_amendment (plan, number);
