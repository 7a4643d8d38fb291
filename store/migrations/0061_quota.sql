-- Draws of rows for a check of what was written. The id is quota, period and unit: one draw for each, for ever.
create table quota_draw (
  id text not null primary key,
  quota text not null,
  period text not null,
  unit text not null,
  seed text not null,
  person text not null,
  drawn bigint not null,
  share double precision not null,
  least double precision not null,
  units text not null,
  version bigint not null
);
