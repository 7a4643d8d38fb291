-- Ways out of the program, and every message that goes one of them.
create table notice_channel (
  id text not null primary key,
  name text not null,
  kind text not null,
  is_on bigint not null,
  urgent bigint not null,
  digest bigint not null,
  unit text not null,
  host text not null,
  port bigint not null,
  security text not null,
  sender text not null,
  sender_name text not null,
  secrets text not null,
  template text not null,
  changed bigint not null,
  version bigint not null
);
create table delivery (
  id text not null primary key,
  channel text not null,
  kind text not null,
  person text not null,
  notice text not null,
  delivery_key text not null,
  state text not null,
  content text not null,
  message_id text not null,
  tries bigint not null,
  made bigint not null,
  next_try bigint not null,
  started bigint not null,
  ended bigint not null,
  answer text not null,
  version bigint not null
);
create unique index delivery_key on delivery (delivery_key);
create index delivery_state on delivery (state, next_try);
create index delivery_channel on delivery (channel, id);
create table delivery_try (
  id text not null primary key,
  delivery text not null,
  channel text not null,
  number bigint not null,
  started bigint not null,
  ended bigint not null,
  state text not null,
  answer text not null
);
create index delivery_try_delivery on delivery_try (delivery, number);
create index delivery_try_channel on delivery_try (channel, started);
