-- Whose the database is: one row at most. The correction, in microseconds, is by how much the cluster's time was ahead of this server's
-- clock when it was written; it is zero until that clock has jumped.
CREATE TABLE cluster (
    one          boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (one),
    id           text        NOT NULL,
    correction   bigint      NOT NULL DEFAULT 0,
    corrected_at timestamptz NOT NULL,
    corrections  bigint      NOT NULL DEFAULT 0
) WITH (fillfactor = 70);
