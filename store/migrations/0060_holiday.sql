-- Days off, and days worked instead, that the bureau read in beside those of the packs. The id is the day.
create table holiday (
  id text not null primary key,
  name text not null,
  off_work bigint not null,
  version bigint not null
);
