-- What a person saw of the lights at the last look: one row for each person.
create table target_look (
  id text not null primary key,
  unit text not null,
  at bigint not null,
  seen text not null
);
