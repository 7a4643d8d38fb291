-- Lists that people saved under a name.
create table saved_view (
  id text not null primary key,
  owner text not null,
  register text not null,
  name text not null,
  query text not null,
  first bigint not null,
  made bigint not null,
  version bigint not null
);
create index saved_view_owner on saved_view (owner, register);
