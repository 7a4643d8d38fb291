-- Studies of value added and their frozen results. What a result was computed from are sums by school and counts, no pupils; it is kept
-- compressed and never changes.
create table study (
  id text not null primary key,
  owner text not null,
  name text not null,
  content text not null,
  person text not null,
  at bigint not null,
  publication text not null,
  version bigint not null
);
create index study_by_owner on study (owner);
