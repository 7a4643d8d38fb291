-- What the bureau makes public, with who did what. The content is canonical JSON; it is public by purpose and not sealed.
create table publication (
  id text not null primary key,
  state text not null,
  unit text not null,
  content text not null,
  hash text not null,
  preparer text not null,
  editor text not null,
  approver text not null,
  withdrawer text not null,
  reason text not null,
  prepared_at bigint not null,
  edited_at bigint not null,
  published_at bigint not null,
  withdrawn_at bigint not null,
  version bigint not null
);
create index publication_by_state on publication (state, published_at);
