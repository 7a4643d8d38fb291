-- Splits: what one unit hands of a target to the units below it. The row says who decided, the sheet holds the shares as they were
-- proposed and never changes.
create table plan_split (
  id text not null primary key,
  plan text not null,
  target text not null,
  parent text not null,
  number bigint not null,
  state text not null,
  reason text not null,
  person text not null,
  proposed bigint not null,
  approver text not null,
  approved bigint not null,
  version bigint not null
);
create index plan_split_by_plan on plan_split (plan, target, parent, number);

create table plan_split_sheet (
  id text not null primary key,
  shares text not null
);
