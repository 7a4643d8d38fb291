-- The bureau's own forms of letters; the files themselves are attachments. And what stands in every letter.
create table letter_template (
  id text not null primary key,
  letter text not null,
  file text not null,
  marks text not null,
  in_use bigint not null,
  person text not null,
  at bigint not null,
  version bigint not null
);
create index letter_template_by_letter on letter_template (letter, at);
create table letter_head (
  id text not null primary key,
  bureau text not null,
  organ text not null,
  printed text not null,
  version bigint not null
);
