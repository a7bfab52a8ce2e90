-- The tables and queries of Orleans' AdoNet clustering, reminders and grain storage. Orleans fixes the names of queries, parameters and
-- result columns; the texts are ours: each query is one statement, so that it is one round trip and one transaction.

CREATE TABLE OrleansQuery (
  QueryKey text NOT NULL PRIMARY KEY,
  QueryText text NOT NULL
);

-- Grain storage -----------------------------------------------------------------------------------------------------------------------

CREATE TABLE OrleansStorage (
  GrainIdHash integer NOT NULL,
  GrainIdN0 bigint NOT NULL,
  GrainIdN1 bigint NOT NULL,
  GrainTypeHash integer NOT NULL,
  GrainTypeString text NOT NULL,
  GrainIdExtensionString text,
  ServiceId text NOT NULL,
  PayloadBinary bytea,
  ModifiedOn timestamptz NOT NULL,
  Version integer
) WITH (fillfactor = 70);

-- Unique, so that of two first writes one is refused.
CREATE UNIQUE INDEX OrleansStorage_grain ON OrleansStorage
  (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, (coalesce(GrainIdExtensionString, '')), ServiceId);

-- Answers no row when the version is not the one that the writer knows.
INSERT INTO OrleansQuery VALUES ('WriteToStorageKey', '
INSERT INTO OrleansStorage AS t
  (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId, @PayloadBinary, now(), 1
WHERE @GrainStateVersion IS NULL OR EXISTS (
  SELECT FROM OrleansStorage s
  WHERE s.GrainIdHash = @GrainIdHash AND s.GrainTypeHash = @GrainTypeHash AND s.GrainIdN0 = @GrainIdN0 AND s.GrainIdN1 = @GrainIdN1
    AND s.GrainTypeString = @GrainTypeString AND coalesce(s.GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString, '''')
    AND s.ServiceId = @ServiceId AND s.Version = @GrainStateVersion)
ON CONFLICT (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, (coalesce(GrainIdExtensionString, '''')), ServiceId)
DO UPDATE SET PayloadBinary = excluded.PayloadBinary, ModifiedOn = excluded.ModifiedOn, Version = t.Version + 1
WHERE @GrainStateVersion IS NOT NULL AND t.Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion');

INSERT INTO OrleansQuery VALUES ('ReadFromStorageKey', '
SELECT PayloadBinary, Version
FROM OrleansStorage
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainTypeString = @GrainTypeString AND coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString, '''')
  AND ServiceId = @ServiceId');

INSERT INTO OrleansQuery VALUES ('ClearStorageKey', '
UPDATE OrleansStorage SET PayloadBinary = NULL, ModifiedOn = now(), Version = Version + 1
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainTypeString = @GrainTypeString AND coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString, '''')
  AND ServiceId = @ServiceId AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion');

INSERT INTO OrleansQuery VALUES ('DeleteStorageKey', '
DELETE FROM OrleansStorage
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainTypeString = @GrainTypeString AND coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString, '''')
  AND ServiceId = @ServiceId AND Version = @GrainStateVersion
RETURNING Version + 1 AS NewGrainStateVersion');

-- Reminders ---------------------------------------------------------------------------------------------------------------------------

CREATE TABLE OrleansRemindersTable (
  ServiceId text NOT NULL,
  GrainId text NOT NULL,
  ReminderName text NOT NULL,
  StartTime timestamptz NOT NULL,
  Period bigint NOT NULL,
  GrainHash integer NOT NULL,
  Version integer NOT NULL,
  PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

-- Each silo reads the reminders of its part of the hash ring again and again.
CREATE INDEX OrleansRemindersTable_hash ON OrleansRemindersTable (ServiceId, GrainHash);

INSERT INTO OrleansQuery VALUES ('UpsertReminderRowKey', '
INSERT INTO OrleansRemindersTable AS t (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
ON CONFLICT (ServiceId, GrainId, ReminderName)
DO UPDATE SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = t.Version + 1
RETURNING Version');

INSERT INTO OrleansQuery VALUES ('ReadReminderRowsKey', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId');

INSERT INTO OrleansQuery VALUES ('ReadReminderRowKey', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName');

-- A range begins after its first hash and ends with its last one.
INSERT INTO OrleansQuery VALUES ('ReadRangeRows1Key', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash');

-- The range that goes over the end of the ring, or all of it.
INSERT INTO OrleansQuery VALUES ('ReadRangeRows2Key', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)');

INSERT INTO OrleansQuery VALUES ('DeleteReminderRowKey', '
WITH deleted AS (
  DELETE FROM OrleansRemindersTable
  WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
  RETURNING 1)
SELECT count(*) > 0 FROM deleted');

INSERT INTO OrleansQuery VALUES ('DeleteReminderRowsKey', '
DELETE FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId');

-- Clustering --------------------------------------------------------------------------------------------------------------------------

-- One row per cluster. Each change of a member is a compare-and-set of its version, so that all silos see one order of changes.
CREATE TABLE OrleansMembershipVersionTable (
  DeploymentId text NOT NULL PRIMARY KEY,
  Timestamp timestamptz NOT NULL DEFAULT now(),
  Version integer NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- One row per silo and start of it.
CREATE TABLE OrleansMembershipTable (
  DeploymentId text NOT NULL REFERENCES OrleansMembershipVersionTable,
  Address text NOT NULL,
  Port integer NOT NULL,
  Generation integer NOT NULL,
  SiloName text NOT NULL,
  HostName text NOT NULL,
  Status integer NOT NULL,
  ProxyPort integer,
  SuspectTimes text,
  StartTime timestamptz NOT NULL,
  IAmAliveTime timestamptz NOT NULL,
  PRIMARY KEY (DeploymentId, Address, Port, Generation)
) WITH (fillfactor = 70);

INSERT INTO OrleansQuery VALUES ('InsertMembershipVersionKey', '
WITH inserted AS (
  INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId)
  ON CONFLICT DO NOTHING
  RETURNING 1)
SELECT count(*) > 0 FROM inserted');

-- The version row is locked first. Whoever waits for it finds another version afterwards, and changes nothing.
INSERT INTO OrleansQuery VALUES ('InsertMembershipKey', '
WITH version AS (
  UPDATE OrleansMembershipVersionTable v SET Timestamp = now(), Version = v.Version + 1
  WHERE v.DeploymentId = @DeploymentId AND v.Version = @Version AND NOT EXISTS (
    SELECT FROM OrleansMembershipTable m
    WHERE m.DeploymentId = @DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation)
  RETURNING v.DeploymentId),
inserted AS (
  INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
  SELECT version.DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
  FROM version
  RETURNING 1)
SELECT count(*) > 0 FROM inserted');

INSERT INTO OrleansQuery VALUES ('UpdateMembershipKey', '
WITH version AS (
  UPDATE OrleansMembershipVersionTable v SET Timestamp = now(), Version = v.Version + 1
  WHERE v.DeploymentId = @DeploymentId AND v.Version = @Version AND EXISTS (
    SELECT FROM OrleansMembershipTable m
    WHERE m.DeploymentId = @DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation)
  RETURNING v.DeploymentId),
updated AS (
  UPDATE OrleansMembershipTable m SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
  FROM version
  WHERE m.DeploymentId = version.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
  RETURNING 1)
SELECT count(*) > 0 FROM updated');

-- Says only that the silo lives, so it changes no version.
INSERT INTO OrleansQuery VALUES ('UpdateIAmAlivetimeKey', '
UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation');

-- The members and the version as of one moment; the version also when there are no members.
INSERT INTO OrleansQuery VALUES ('MembershipReadAllKey', '
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
WHERE v.DeploymentId = @DeploymentId');

INSERT INTO OrleansQuery VALUES ('MembershipReadRowKey', '
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m
  ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
WHERE v.DeploymentId = @DeploymentId');

INSERT INTO OrleansQuery VALUES ('GatewaysQueryKey', '
SELECT Address, ProxyPort, Generation
FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0');

INSERT INTO OrleansQuery VALUES ('DeleteMembershipTableEntriesKey', '
WITH members AS (DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId)
DELETE FROM OrleansMembershipVersionTable
WHERE DeploymentId = @DeploymentId');

-- In Orleans' SiloStatus 3 is Active and 6 is Dead. Orleans takes the second query, and this one where it does not know that: a silo that
-- shows any sign of life meanwhile stays.
INSERT INTO OrleansQuery VALUES ('CleanupDefunctSiloEntriesKey', '
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3');

INSERT INTO OrleansQuery VALUES ('CleanupDefunctSiloEntryKey', '
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
  AND Status = 6 AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime
  AND coalesce(SuspectTimes, '''') = coalesce(@SuspectTimes, '''')');
