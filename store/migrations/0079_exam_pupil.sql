-- The pupils of an import: a keyed hash, never a name in the open.
create table exam_pupil (
  batch bigint not null,
  position bigint not null,
  pupil text not null,
  loose bigint not null,
  unit text not null,
  class_name text not null,
  track text not null,
  group_name text not null,
  weight double precision not null,
  stratum text not null,
  goes text not null,
  name_sealed text not null,
  number_sealed text not null,
  primary key (batch, position)
);
