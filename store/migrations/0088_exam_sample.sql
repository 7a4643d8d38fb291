-- Sampling tables of monitoring exams: strata, drawn schools, and what an exam held beside a sample belongs to. The id is that of the exam.
create table exam_sample (
  id text not null primary key,
  beside text not null,
  content text not null,
  version bigint not null
);
