-- Attachments: the bytes lie in the data folder under the SHA-256 that stands here. Names of files are sealed: they often name people.
create table attachment (
  id text not null primary key,
  owner_table text not null,
  owner_row text not null,
  unit text not null,
  name text not null,
  kind text not null,
  size bigint not null,
  digest text not null,
  personal bigint not null,
  person text not null,
  created bigint not null,
  version bigint not null
);
create index attachment_by_owner on attachment (owner_table, owner_row);
create index attachment_by_digest on attachment (digest);
