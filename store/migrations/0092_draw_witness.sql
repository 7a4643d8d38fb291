-- Hashes of the words of those present, and the words once they are told. The id holds the hash: no word stands twice in a draw.
create table draw_witness (
  id text not null primary key,
  draw text not null,
  place bigint not null,
  hash text not null,
  word text not null,
  plain bigint not null,
  given_at bigint not null,
  told_at bigint not null,
  version bigint not null
);
create index draw_witness_by_draw on draw_witness (draw, place);
