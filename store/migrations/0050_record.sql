-- What is told about rows that live. Notes, comments and reasons are sealed.
create table record_event (
  id text not null primary key,
  register text not null,
  row_id text not null,
  event text not null,
  state_from text not null,
  state_to text not null,
  due text not null,
  day text not null,
  person text not null,
  post text not null,
  at bigint not null,
  note text not null,
  row_version bigint not null,
  letter text not null,
  number text not null,
  files text not null,
  opened text not null,
  version bigint not null
);
create index record_event_row on record_event (register, row_id);
create table record_comment (
  id text not null primary key,
  register text not null,
  row_id text not null,
  words text not null,
  person text not null,
  post text not null,
  at bigint not null,
  version bigint not null
);
create index record_comment_row on record_comment (register, row_id);
