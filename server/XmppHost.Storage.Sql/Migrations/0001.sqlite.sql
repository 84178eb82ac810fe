-- Times are microseconds since 1970. Text compares by bytes (BINARY, the default).
CREATE TABLE meta (
    name    TEXT NOT NULL PRIMARY KEY,
    value   INTEGER NOT NULL
) WITHOUT ROWID;

-- Every id that was handed out is at most this one.
INSERT INTO meta (name, value) VALUES ('id_floor', 0);

CREATE TABLE account (
    id      INTEGER PRIMARY KEY,
    host    TEXT NOT NULL,
    local   TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (host, local)
);

CREATE TABLE credential (
    account     INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    mechanism   TEXT NOT NULL,
    salt        BLOB NOT NULL,
    iterations  INTEGER NOT NULL,
    stored_key  BLOB NOT NULL,
    server_key  BLOB NOT NULL,
    PRIMARY KEY (account, position)
) WITHOUT ROWID;

-- With rowids: values may be megabytes, which a clustered index would drag through its inner pages.
CREATE TABLE value (
    owner   TEXT NOT NULL,
    space   TEXT NOT NULL,
    key     TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (owner, space, key)
);

-- The bare JIDs that have messages. AUTOINCREMENT: the number of an erased address is never given to another one.
CREATE TABLE address (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    jid     TEXT NOT NULL UNIQUE
);

-- Keyed by id, which grows with time: appends go to the end of the tree, removals need nothing else. Each row is in one of the partial indexes.
CREATE TABLE log (
    id          INTEGER PRIMARY KEY,
    account     INTEGER NOT NULL,
    stamp       INTEGER NOT NULL,
    stream      INTEGER,
    sequence    INTEGER NOT NULL,
    copy        INTEGER NOT NULL,
    stanza      BLOB NOT NULL
);
CREATE INDEX log_offline ON log (account, id) WHERE stream IS NULL;
CREATE INDEX log_stream ON log (stream, sequence) WHERE stream IS NOT NULL;

CREATE TABLE stream (
    id          INTEGER PRIMARY KEY,
    account     INTEGER NOT NULL,
    session     TEXT NOT NULL,
    token       TEXT NOT NULL,
    handled     INTEGER NOT NULL,
    window_us   INTEGER NOT NULL,
    state       TEXT NOT NULL
);
CREATE INDEX stream_account ON stream (account);
