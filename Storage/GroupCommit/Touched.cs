namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>What a write touches: its success says that the database takes just this.</summary>
[Flags]
internal enum Touched
{
    /// <summary>Nothing that other writes touch.</summary>
    None = 0,

    /// <summary>A row that is there, and the history.</summary>
    Row = 1,

    /// <summary>A new row.</summary>
    NewRow = 2,

    /// <summary>Messages that are taken in.</summary>
    Marks = 4,

    /// <summary>An inbox that is closed.</summary>
    ClosedInbox = 8,

    /// <summary>Messages to others.</summary>
    Messages = 16,

    /// <summary>Messages to all children.</summary>
    ToChildren = 32,

    /// <summary>Rows of children.</summary>
    Children = 64,

    /// <summary>Reported lines.</summary>
    Reports = 128,

    /// <summary>A message of a client.</summary>
    Message = 256,
}
