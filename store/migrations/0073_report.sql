-- Reports that were composed of a plan in motion, with who did what. The content is canonical JSON; it names no person and is not
-- sealed. A filed one never changes again, save that it may be withdrawn or published.
create table report (
  id text not null primary key,
  state text not null,
  kind text not null,
  plan text not null,
  unit text not null,
  period text not null,
  day text not null,
  title text not null,
  content text not null,
  hash text not null,
  year bigint not null,
  number bigint not null,
  composer text not null,
  editor text not null,
  signer text not null,
  withdrawer text not null,
  reason text not null,
  composed_at bigint not null,
  edited_at bigint not null,
  signed_at bigint not null,
  withdrawn_at bigint not null,
  publication text not null,
  version bigint not null
);
create index report_by_kind on report (kind, plan, unit, state, day);
