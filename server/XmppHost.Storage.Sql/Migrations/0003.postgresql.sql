-- Accounts' archives. The id is the time in microseconds as well; the peer is its bare JID and, where it has one, its resource.
CREATE TABLE archive (
    account     bigint NOT NULL,
    id          bigint NOT NULL,
    peer        text COLLATE "C" NOT NULL,
    resource    text COLLATE "C",
    nonce       bigint NOT NULL,
    stanza      bytea NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE INDEX archive_peer ON archive (account, peer, id);
