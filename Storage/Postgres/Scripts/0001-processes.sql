-- Columns that steps change have no index, in predicates neither, so that a step's update is heap-only. Ids sort by their bytes everywhere.
CREATE TABLE process (
    number             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    version            bigint      NOT NULL CHECK (version >= 1),
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    finished_at        timestamptz,
    due_at             timestamptz,
    last_operation     uuid        NOT NULL,
    definition_version integer     NOT NULL,
    exit_code          integer,
    parent_step        integer,
    parent_index       integer,
    slice              smallint    NOT NULL CHECK (slice BETWEEN 0 AND 255),
    state              smallint    NOT NULL CHECK (state BETWEEN 0 AND 5),
    incident           smallint,
    paused             boolean     NOT NULL,
    id                 text        NOT NULL COLLATE "C" PRIMARY KEY WITH (fillfactor = 80),
    run_id             text        NOT NULL,
    type               text        NOT NULL COLLATE "C",
    start_request_id   text        NOT NULL COLLATE "C",
    root               text        NOT NULL COLLATE "C",
    parent             text        COLLATE "C",
    owner              text        COLLATE "C",
    status_text        text,
    tags               jsonb       NOT NULL,
    input              bytea       NOT NULL,
    checkpoint         bytea       NOT NULL,
    output             bytea,
    failure            bytea,
    CONSTRAINT due_at_is_null_while_running_paused_or_terminal CHECK (due_at IS NULL OR (NOT paused AND state IN (0, 2))),
    CONSTRAINT owner_is_set_exactly_while_running_and_not_paused CHECK ((owner IS NOT NULL) = (state = 1 AND NOT paused))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX process_created ON process (created_at, id);
CREATE INDEX process_type ON process (type, created_at, id);
CREATE INDEX process_state ON process (state, created_at, id);
CREATE INDEX process_paused ON process (created_at, id) WHERE paused;
CREATE INDEX process_incident ON process (created_at, id) WHERE incident IS NOT NULL;
CREATE INDEX process_parent ON process (parent, parent_step, parent_index) WHERE parent IS NOT NULL;
-- A root is its own root, so only the others are in here.
CREATE INDEX process_root ON process (root) WHERE parent IS NOT NULL;
CREATE INDEX process_due ON process (due_at, id, slice) WHERE due_at IS NOT NULL;
CREATE INDEX process_owner ON process (owner, id, slice) WHERE owner IS NOT NULL;
CREATE INDEX process_finished ON process (finished_at, id) WHERE parent IS NULL AND finished_at IS NOT NULL;
CREATE INDEX process_tags ON process USING gin (tags jsonb_path_ops) WHERE tags <> '{}'::jsonb;

CREATE TABLE history (
    number  bigint      NOT NULL,
    version bigint      NOT NULL,
    at      timestamptz NOT NULL,
    events  text        NOT NULL,
    PRIMARY KEY (number, version)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.1);

CREATE TABLE inbox (
    seq        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    sent_at    timestamptz NOT NULL,
    slice      smallint    NOT NULL CHECK (slice BETWEEN 0 AND 255),
    kind       smallint    NOT NULL CHECK (kind BETWEEN 1 AND 5),
    seen       smallint    NOT NULL DEFAULT 0 CHECK (seen BETWEEN 0 AND 3),
    process_id text        NOT NULL COLLATE "C",
    message_id text        NOT NULL COLLATE "C" CHECK (length(message_id) BETWEEN 1 AND 1200),
    name       text,
    sender     text        COLLATE "C",
    payload    bytea       NOT NULL,
    PRIMARY KEY (process_id, message_id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX inbox_open ON inbox (process_id, seen, seq) WHERE seen < 2;
CREATE INDEX inbox_unseen ON inbox (seq, slice, sent_at) WHERE seen = 0;

-- One row, which the ping writes.
CREATE TABLE probe (
    number integer     PRIMARY KEY CHECK (number = 1),
    at     timestamptz NOT NULL
);
