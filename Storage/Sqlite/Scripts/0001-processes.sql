-- Times are microseconds since 1970-01-01 UTC. Columns that steps change have no index; blobs come last, so that lists do not walk over them.
CREATE TABLE process (
    number             INTEGER PRIMARY KEY,
    id                 TEXT    NOT NULL UNIQUE,
    run_id             TEXT    NOT NULL,
    type               TEXT    NOT NULL,
    definition_version INTEGER NOT NULL,
    state              INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
    paused             INTEGER NOT NULL CHECK (paused IN (0, 1)),
    incident           INTEGER,
    exit_code          INTEGER,
    status_text        TEXT,
    parent             TEXT,
    parent_step        INTEGER,
    parent_index       INTEGER,
    root               TEXT    NOT NULL,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    finished_at        INTEGER,
    due_at             INTEGER,
    owner              TEXT,
    slice              INTEGER NOT NULL CHECK (slice BETWEEN 0 AND 255),
    version            INTEGER NOT NULL CHECK (version >= 1),
    last_operation     BLOB    NOT NULL,
    start_request_id   TEXT    NOT NULL,
    tags               TEXT    NOT NULL,
    checkpoint         BLOB    NOT NULL,
    output             BLOB,
    failure            BLOB,
    CONSTRAINT due_at_is_null_while_running_paused_or_terminal CHECK (due_at IS NULL OR (paused = 0 AND state IN (0, 2))),
    CONSTRAINT owner_is_set_exactly_while_running_and_not_paused CHECK ((owner IS NOT NULL) = (state = 1 AND paused = 0))
);

CREATE INDEX process_created ON process (created_at, id);
CREATE INDEX process_type ON process (type, created_at, id);
CREATE INDEX process_state ON process (state, created_at, id);
CREATE INDEX process_paused ON process (created_at, id) WHERE paused = 1;
CREATE INDEX process_incident ON process (created_at, id) WHERE incident IS NOT NULL;
CREATE INDEX process_parent ON process (parent, parent_step, parent_index) WHERE parent IS NOT NULL;
CREATE INDEX process_root ON process (root);
CREATE INDEX process_due ON process (due_at, id, slice) WHERE due_at IS NOT NULL;
CREATE INDEX process_owner ON process (owner, id, slice) WHERE owner IS NOT NULL;
CREATE INDEX process_finished ON process (finished_at, id) WHERE parent IS NULL AND finished_at IS NOT NULL;

-- An update rewrites its whole row, so the input, which never changes, has a table of its own.
CREATE TABLE process_input (
    number INTEGER PRIMARY KEY,
    input  BLOB NOT NULL
);

CREATE TABLE process_tag (
    name   TEXT    NOT NULL,
    value  TEXT    NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (name, value, number)
) WITHOUT ROWID;

CREATE INDEX process_tag_number ON process_tag (number);

CREATE TABLE history (
    number  INTEGER NOT NULL,
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    events  TEXT    NOT NULL,
    PRIMARY KEY (number, version)
) WITHOUT ROWID;

-- AUTOINCREMENT: a sequence is never given twice, also after a purge.
CREATE TABLE inbox (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    process_id TEXT    NOT NULL,
    message_id TEXT    NOT NULL CHECK (length(message_id) BETWEEN 1 AND 1200),
    slice      INTEGER NOT NULL CHECK (slice BETWEEN 0 AND 255),
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
    name       TEXT,
    sender     TEXT,
    sent_at    INTEGER NOT NULL,
    seen       INTEGER NOT NULL DEFAULT 0 CHECK (seen BETWEEN 0 AND 3),
    payload    BLOB    NOT NULL,
    UNIQUE (process_id, message_id)
);

CREATE INDEX inbox_open ON inbox (process_id, seen, seq) WHERE seen < 2;
CREATE INDEX inbox_unseen ON inbox (seq, slice, sent_at) WHERE seen = 0;

-- One row, which the ping writes.
CREATE TABLE probe (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    at     NOT NULL
);
