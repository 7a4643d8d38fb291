-- One row for each import of marks. It is in the chain and holds the digests of the rows of the three tables that follow it.
create table exam_batch (
  id text not null primary key,
  exam text not null,
  serial bigint not null,
  file text not null,
  scope text not null,
  pupils bigint not null,
  digest text not null,
  parts text not null,
  gone bigint not null,
  person text not null,
  at bigint not null,
  version bigint not null
);
create index exam_batch_by_exam on exam_batch (exam);
