-- What every later table stands on: migrations, keys, the audit chain, older versions of rows, number series.
-- Types are text, bigint and double precision only; on PostgreSQL text becomes text collate "C", so that both databases
-- order by bytes. Every table has a column id; a column added later must allow NULL (see package audit).

create table data_key (
  id text not null primary key,
  purpose text not null,
  wrapped text not null,
  created bigint not null,
  version bigint not null
);

create table audit_entry (
  sequence bigint not null primary key,
  time bigint not null,
  person text not null,
  post text not null,
  account text not null,
  address text not null,
  action text not null,
  unit text not null,
  reason text not null,
  row_count bigint not null,
  rows_link text not null,
  previous text not null,
  hash text not null
);

create table audit_row (
  sequence bigint not null,
  position bigint not null,
  table_name text not null,
  row_id text not null,
  version bigint not null,
  operation text not null,
  hash text not null,
  link text not null,
  primary key (sequence, position)
);
create index audit_row_by_row on audit_row (table_name, row_id, sequence, position);

create table audit_head (
  id text not null primary key,
  sequence bigint not null,
  hash text not null,
  mac text not null
);

create table row_version (
  id text not null primary key,
  table_name text not null,
  row_id text not null,
  row_version bigint not null,
  content text not null,
  ended bigint not null
);
create index row_version_by_row on row_version (table_name, row_id, row_version);

create table series (
  id text not null primary key,
  value bigint not null,
  version bigint not null
);

create table sealed_head (
  id text not null primary key,
  row_count bigint not null,
  total text not null,
  mac text not null
);
