-- Uploads of all hosts and backends. The state is UploadState's number: 0 issued, 1 stored, 2 held, 3 quarantined, 4 deleted.
CREATE TABLE upload (
    id              INTEGER PRIMARY KEY,
    host            TEXT NOT NULL,
    key             TEXT NOT NULL,
    backend         TEXT NOT NULL,
    uploader        TEXT,
    name            TEXT NOT NULL,
    size            INTEGER NOT NULL,
    content_type    TEXT,
    purpose         TEXT NOT NULL,
    issued          INTEGER NOT NULL,
    slot_ends       INTEGER,
    expires         INTEGER,
    state           INTEGER NOT NULL,
    UNIQUE (host, key)
);
CREATE INDEX upload_uploader ON upload (host, uploader, key);

-- What somebody has to look after: each holds only the few that it is about.
CREATE INDEX upload_slot ON upload (host, slot_ends) WHERE slot_ends IS NOT NULL AND state = 0;
CREATE INDEX upload_expiry ON upload (host, expires) WHERE expires IS NOT NULL AND state <> 4;
CREATE INDEX upload_held ON upload (host, key) WHERE state = 2;
CREATE INDEX upload_deleted ON upload (host, issued) WHERE state = 4;
