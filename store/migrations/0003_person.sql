-- Persons, posts, accounts. Columns ending in _index are keyed blind indexes of the sealed column of that name.

create table person (
  id text not null primary key,
  name text not null,
  name_index text not null,
  phone text not null,
  phone_index text not null,
  identity text not null,
  identity_index text not null,
  version bigint not null
);
create index person_by_name on person (name_index);
create index person_by_identity on person (identity_index);

create table post (
  id text not null primary key,
  person text not null,
  unit text not null,
  role text not null,
  subject text not null,
  day_from text not null,
  day_to text not null,
  version bigint not null
);
create index post_by_person on post (person);
create index post_by_unit on post (unit);

create table account (
  id text not null primary key,
  person text not null,
  login text not null,
  login_index text not null,
  password text not null,
  present text not null,
  disabled bigint not null,
  generation bigint not null,
  version bigint not null
);
create unique index account_by_login on account (login_index);
create index account_by_person on account (person);

create table account_link (
  id text not null primary key,
  purpose text not null,
  account text not null,
  expires bigint not null,
  used bigint not null,
  version bigint not null
);
create index account_link_open on account_link (purpose, account, used);

-- Counts of wrong passwords; the id is a keyed hash of the account or the address. Outside the chain, under a MAC.
create table failure (
  id text not null primary key,
  tries bigint not null,
  last bigint not null,
  mac text not null
);
create index failure_by_last on failure (last);
