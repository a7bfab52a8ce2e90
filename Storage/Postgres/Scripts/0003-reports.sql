-- Kinds of messages come with new versions.
ALTER TABLE inbox DROP CONSTRAINT inbox_kind_check, ADD CONSTRAINT inbox_kind_check CHECK (kind >= 1);

-- Lines that processes report.
CREATE TABLE report (
    seq      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    number   bigint      NOT NULL,
    version  bigint      NOT NULL,
    at       timestamptz NOT NULL,
    ordinal  integer     NOT NULL,
    attempt  integer     NOT NULL,
    level    smallint    NOT NULL CHECK (level >= 1),
    position text        NOT NULL,
    text     text        NOT NULL,
    PRIMARY KEY (number, version, ordinal)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.1);

CREATE INDEX report_process ON report (number, seq, level);
