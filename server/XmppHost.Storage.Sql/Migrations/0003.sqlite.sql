-- Accounts' archives. The id is the time in microseconds as well; the peer is its bare JID and, where it has one, its resource.
CREATE TABLE archive (
    id          INTEGER PRIMARY KEY,
    account     INTEGER NOT NULL,
    peer        TEXT NOT NULL,
    resource    TEXT,
    nonce       INTEGER NOT NULL,
    stanza      BLOB NOT NULL
);
CREATE INDEX archive_account ON archive (account, id);
CREATE INDEX archive_peer ON archive (account, peer, id);
