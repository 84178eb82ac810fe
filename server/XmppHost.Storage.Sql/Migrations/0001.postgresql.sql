-- Times are microseconds since 1970. Text that is looked up compares by bytes, whatever the database's locale.
CREATE TABLE meta (
    name    text COLLATE "C" NOT NULL PRIMARY KEY,
    value   bigint NOT NULL
);

-- Every id that was handed out is at most this one.
INSERT INTO meta (name, value) VALUES ('id_floor', 0);

CREATE TABLE account (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host    text COLLATE "C" NOT NULL,
    local   text COLLATE "C" NOT NULL,
    created bigint NOT NULL,
    UNIQUE (host, local)
);

CREATE TABLE credential (
    account     bigint NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    position    bigint NOT NULL,
    mechanism   text NOT NULL,
    salt        bytea NOT NULL,
    iterations  bigint NOT NULL,
    stored_key  bytea NOT NULL,
    server_key  bytea NOT NULL,
    PRIMARY KEY (account, position)
);

CREATE TABLE value (
    owner   text COLLATE "C" NOT NULL,
    space   text COLLATE "C" NOT NULL,
    key     text COLLATE "C" NOT NULL,
    value   text NOT NULL,
    PRIMARY KEY (owner, space, key)
);

-- The bare JIDs that have messages. The number of an erased address is never given to another one.
CREATE TABLE address (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    jid     text COLLATE "C" NOT NULL UNIQUE
);

-- Keyed by id, since a removal has nothing else; each row is in one of the partial indexes. Most rows live for moments: dead ones are to be vacuumed early.
CREATE TABLE log (
    id          bigint NOT NULL PRIMARY KEY,
    account     bigint NOT NULL,
    stamp       bigint NOT NULL,
    stream      bigint,
    sequence    bigint NOT NULL,
    copy        bigint NOT NULL,
    stanza      bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_vacuum_threshold = 10000);
CREATE INDEX log_offline ON log (account, id) WHERE stream IS NULL;
CREATE INDEX log_stream ON log (stream, sequence) WHERE stream IS NOT NULL;

-- Counts are updated all the time: room in the page for the new version, and no index on what changes.
CREATE TABLE stream (
    id          bigint NOT NULL PRIMARY KEY,
    account     bigint NOT NULL,
    session     text NOT NULL,
    token       text NOT NULL,
    handled     bigint NOT NULL,
    window_us   bigint NOT NULL,
    state       text NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX stream_account ON stream (account);
