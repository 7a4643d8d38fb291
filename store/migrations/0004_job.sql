-- Jobs change several times a second while they run, so they stand outside the chain: each row carries a MAC.
create table job (
  id text not null primary key,
  kind text not null,
  person text not null,
  input text not null,
  state text not null,
  done bigint not null,
  total bigint not null,
  what text not null,
  result text not null,
  faults text not null,
  attempts bigint not null,
  worker text not null,
  lease bigint not null,
  cancel bigint not null,
  created bigint not null,
  ended bigint not null,
  mac text not null
);
create index job_by_state on job (state, lease);
