-- Links between rows, and between rows and things that are no rows.
create table record_link (
  id text not null primary key,
  from_register text not null,
  from_row text not null,
  to_register text not null,
  to_row text not null,
  reason text not null,
  person text not null,
  at bigint not null,
  version bigint not null
);
create index record_link_from on record_link (from_register, from_row);
create index record_link_to on record_link (to_register, to_row);
