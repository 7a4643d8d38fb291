-- Dated changes of units: mergers, splits, renamings and the like. The table of units stands as it is after every event that was not undone.
create table unit_event (
  id text not null primary key,
  number bigint not null,
  kind text not null,
  day_on text not null,
  units_from text not null,
  units_into text not null,
  name text not null,
  parent text not null,
  stages text not null,
  document text not null,
  reason text not null,
  states_before text not null,
  units_created text not null,
  posts_moved text not null,
  recorded bigint not null,
  undone bigint not null,
  undo_reason text not null,
  version bigint not null
);
create index unit_event_by_day on unit_event (day_on, number);
