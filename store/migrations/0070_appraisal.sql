-- Runs of score sheets and their cases: one for each unit or head. What is said of a unit or a person is sealed.
create table appraisal_run (
  id text not null primary key,
  name text not null,
  sheet text not null,
  period text not null,
  unit text not null,
  scorers text not null,
  self_until text not null,
  opener text not null,
  opened_at bigint not null,
  rules text not null,
  version bigint not null
);
create table appraisal_case (
  id text not null primary key,
  run text not null,
  unit text not null,
  person text not null,
  state text not null,
  appeal_until text not null,
  content text not null,
  frozen text not null,
  hash text not null,
  version bigint not null
);
create index appraisal_case_by_run on appraisal_case (run);
create index appraisal_case_by_unit on appraisal_case (unit, state);
