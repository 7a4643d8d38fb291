-- Official letters. What stands in a letter is sealed, as it may name a person; number and day are not.
create table letter (
  id text not null primary key,
  name text not null,
  register text not null,
  row_id text not null,
  event text not null,
  unit text not null,
  lead text not null,
  subject text not null,
  owner text not null,
  series text not null,
  year bigint not null,
  number bigint not null,
  day text not null,
  template text not null,
  hash text not null,
  person text not null,
  at bigint not null,
  content text not null
);
create unique index letter_by_number on letter (series, year, number);
create index letter_by_year on letter (year, at);
create index letter_by_row on letter (register, row_id);
