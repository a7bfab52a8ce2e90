-- Kinds of messages come with new versions, and SQLite cannot change a CHECK: so the inbox is made anew. The first databases also had
-- another index of open messages. Sequences go on where they were, also where the last messages were purged.
DROP INDEX inbox_open;
DROP INDEX inbox_unseen;
ALTER TABLE inbox RENAME TO inbox_before;

CREATE TABLE inbox (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    process_id TEXT    NOT NULL,
    message_id TEXT    NOT NULL CHECK (length(message_id) BETWEEN 1 AND 1200),
    slice      INTEGER NOT NULL CHECK (slice BETWEEN 0 AND 255),
    kind       INTEGER NOT NULL CHECK (kind >= 1),
    name       TEXT,
    sender     TEXT,
    sent_at    INTEGER NOT NULL,
    seen       INTEGER NOT NULL DEFAULT 0 CHECK (seen BETWEEN 0 AND 3),
    payload    BLOB    NOT NULL,
    UNIQUE (process_id, message_id)
);

INSERT INTO inbox (seq, process_id, message_id, slice, kind, name, sender, sent_at, seen, payload)
SELECT seq, process_id, message_id, slice, kind, name, sender, sent_at, seen, payload FROM inbox_before ORDER BY seq;

DELETE FROM sqlite_sequence WHERE name = 'inbox';
INSERT INTO sqlite_sequence (name, seq) SELECT 'inbox', seq FROM sqlite_sequence WHERE name = 'inbox_before';
DROP TABLE inbox_before;

CREATE INDEX inbox_open ON inbox (process_id, seen, seq) WHERE seen < 2;
CREATE INDEX inbox_unseen ON inbox (seq, slice, sent_at) WHERE seen = 0;

-- Lines that processes report. AUTOINCREMENT: who follows them goes on after the last one seen, also after a purge.
CREATE TABLE report (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    number   INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    level    INTEGER NOT NULL CHECK (level >= 1),
    attempt  INTEGER NOT NULL,
    position TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    UNIQUE (number, version, ordinal)
);

CREATE INDEX report_process ON report (number, seq, level);
