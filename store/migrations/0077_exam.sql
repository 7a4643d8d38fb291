-- What pupils were tested in. Subjects, items and cuts stand in content as JSON.
create table exam (
  id text not null primary key,
  owner text not null,
  name text not null,
  kind text not null,
  design text not null,
  stage text not null,
  grade text not null,
  held text not null,
  identity text not null,
  content text not null,
  state text not null,
  closer text not null,
  version bigint not null
);
create index exam_by_held on exam (held);
