-- Shapes of units for maps, as the bureau uploaded them. One file replaces the one before.
create table boundary (
  id text not null primary key,
  source text not null,
  dated text not null,
  shape text not null,
  version bigint not null
);
