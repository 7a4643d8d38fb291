-- Sessions change with every page, so they stand outside the chain: each row carries a MAC. The id is a hash of the token.
create table session (
  id text not null primary key,
  data text not null,
  expires bigint not null,
  mac text not null
);
create index session_by_expiry on session (expires);
