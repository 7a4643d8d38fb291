-- The history of cards, to which is only added, and appeals.
create table appraisal_card (
  id text not null primary key,
  case_id text not null,
  unit text not null,
  position bigint not null,
  card text not null,
  before text not null,
  kind text not null,
  reason text not null,
  person text not null,
  at bigint not null,
  appeal_until text not null
);
create index appraisal_card_by_case on appraisal_card (case_id);
create table appraisal_appeal (
  id text not null primary key,
  case_id text not null,
  unit text not null,
  card text not null,
  person text not null,
  at bigint not null,
  decision text not null,
  decider text not null,
  decided_at bigint not null,
  content text not null,
  version bigint not null
);
create index appraisal_appeal_by_case on appraisal_appeal (case_id);
