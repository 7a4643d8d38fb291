-- Marks, one row each: status 1 present, 2 absent, 3 not counted. A subject that a pupil does not take has no row.
create table exam_mark (
  batch bigint not null,
  subject text not null,
  position bigint not null,
  status bigint not null,
  mark double precision not null,
  primary key (batch, subject, position)
);
