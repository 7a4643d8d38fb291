-- What-ifs that people keep: changes only, never results. Shared ones are read by others of the bureau.
create table whatif (
  id text not null primary key,
  name text not null,
  remark text not null,
  owner text not null,
  pack text not null,
  unit text not null,
  period text not null,
  changes text not null,
  shared bigint not null,
  digest text not null,
  made bigint not null,
  changed bigint not null,
  version bigint not null
);
create index whatif_owner on whatif (owner);
