-- Frozen rounds: what they are called and found, and apart from it what they were computed from.
create table round (
  id text not null primary key,
  name text not null,
  reason text not null,
  pack text not null,
  pack_version text not null,
  period text not null,
  unit text not null,
  verdict text not null,
  digest text not null,
  person text not null,
  at bigint not null
);
create index round_by_unit on round (unit, at);

create table round_content (
  id text not null primary key,
  inputs text not null,
  results text not null
);
