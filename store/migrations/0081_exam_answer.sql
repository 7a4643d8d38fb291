-- Answers to the items of a paper, one row for each pupil.
create table exam_answer (
  batch bigint not null,
  subject text not null,
  position bigint not null,
  answers text not null,
  primary key (batch, subject, position)
);
