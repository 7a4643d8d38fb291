-- What a unit, a scorer or all scorers together gave a case.
create table appraisal_mark (
  id text not null primary key,
  case_id text not null,
  unit text not null,
  kind text not null,
  person text not null,
  content text not null,
  done bigint not null,
  at bigint not null,
  version bigint not null
);
create index appraisal_mark_by_case on appraisal_mark (case_id);
