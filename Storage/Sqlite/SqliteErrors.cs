using Microsoft.Data.Sqlite;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>What SQLite's errors mean.</summary>
internal static class SqliteErrors
{
    private const int Perm = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int Interrupt = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    /// <summary>Says what an error means for a batch.</summary>
    public static WriteFault Classify(Exception exception) =>
        exception is not SqliteException sqlite
            ? WriteFault.Refused
            : sqlite.SqliteErrorCode switch
            {
                Busy or Locked or Protocol => WriteFault.Transient,
                Full => WriteFault.NoRoom,
                Perm or NoMemory or ReadOnly or Interrupt or InputOutput or Corrupt or CannotOpen or NotADatabase =>
                    WriteFault.Lost,
                _ => WriteFault.Refused,
            };

    /// <summary>Whether the disk failed.</summary>
    public static bool IsInputOutput(SqliteException exception) => exception.SqliteErrorCode == InputOutput;
}
