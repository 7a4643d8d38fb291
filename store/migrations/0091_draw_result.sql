-- What came out of a draw. The id is the commitment of its announcement: no announcement has two results.
create table draw_result (
  id text not null primary key,
  draw text not null,
  seed text not null,
  digest text not null,
  drawn_at bigint not null
);
