-- Reminders and escalations that were raised. The id follows from row and step: none is raised twice.
create table record_alarm (
  id text not null primary key,
  register text not null,
  row_id text not null,
  alarm text not null,
  late bigint not null,
  state text not null,
  due text not null,
  day text not null,
  persons text not null,
  letter text not null,
  number text not null,
  opened text not null,
  at bigint not null,
  version bigint not null
);
create index record_alarm_row on record_alarm (register, row_id);
