-- Draws that go through steps in public. What no query asks about stands in content as JSON; nothing in it is personal.
create table draw (
  id text not null primary key,
  unit text not null,
  kind text not null,
  title text not null,
  code text not null,
  state text not null,
  held_at bigint not null,
  commitment text not null,
  parent text not null,
  public bigint not null,
  content text not null,
  version bigint not null
);
create unique index draw_by_code on draw (code);
create index draw_by_unit on draw (unit, id);
-- What was handed over, frozen and drawn: sealed, as names may stand in it.
create table draw_part (
  id text not null primary key,
  draw text not null,
  name text not null,
  sealed text not null,
  version bigint not null
);
