-- Uploads of all hosts and backends. The state is UploadState's number: 0 issued, 1 stored, 2 held, 3 quarantined, 4 deleted.
CREATE TABLE upload (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host            text COLLATE "C" NOT NULL,
    key             text COLLATE "C" NOT NULL,
    backend         text COLLATE "C" NOT NULL,
    uploader        text COLLATE "C",
    name            text NOT NULL,
    size            bigint NOT NULL,
    content_type    text,
    purpose         text COLLATE "C" NOT NULL,
    issued          bigint NOT NULL,
    slot_ends       bigint,
    expires         bigint,
    state           bigint NOT NULL,
    UNIQUE (host, key)
);
CREATE INDEX upload_uploader ON upload (host, uploader, key);

-- What somebody has to look after: each holds only the few that it is about.
CREATE INDEX upload_slot ON upload (host, slot_ends) WHERE slot_ends IS NOT NULL AND state = 0;
CREATE INDEX upload_expiry ON upload (host, expires) WHERE expires IS NOT NULL AND state <> 4;
CREATE INDEX upload_held ON upload (host, key) WHERE state = 2;
CREATE INDEX upload_deleted ON upload (host, issued) WHERE state = 4;
