-- The results of a study: the newest is what pages show, older ones stay.
create table study_result (
  id text not null primary key,
  study text not null,
  person text not null,
  at bigint not null,
  digest text not null
);
create index study_result_by_study on study_result (study, at);
create table study_result_content (
  id text not null primary key,
  inputs text not null,
  results text not null
);
