-- What people were told in the application, and what each of them chose for messages outside of it.
create table notice (
  id text not null primary key,
  person text not null,
  kind text not null,
  args text not null,
  register text not null,
  row_ref text not null,
  urgent bigint not null,
  told_key text not null,
  made bigint not null,
  read_at bigint not null,
  version bigint not null
);
create index notice_person on notice (person, id);
create index notice_unread on notice (person) where read_at = 0;
create index notice_told on notice (told_key, person) where told_key <> '';
create table notice_choice (
  id text not null primary key,
  mail bigint not null,
  address text not null,
  digest bigint not null,
  urgent bigint not null,
  version bigint not null
);
create table notice_setting (
  id text not null primary key,
  hour bigint not null,
  workdays bigint not null,
  site text not null,
  local_network bigint not null,
  version bigint not null
);
