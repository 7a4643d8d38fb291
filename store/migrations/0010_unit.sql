-- The units of the region, each as it is now; earlier names, parents and dates are kept as row versions.
create table unit (
  id text not null primary key,
  name text not null,
  kind text not null,
  parent text not null,
  stages text not null,
  ownership text not null,
  setting text not null,
  opened text not null,
  closed text not null,
  version bigint not null
);
create index unit_by_parent on unit (parent);
