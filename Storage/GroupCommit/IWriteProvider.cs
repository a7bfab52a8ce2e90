namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>What a database adds to group commit: its connections and the meaning of its errors.</summary>
internal interface IWriteProvider
{
    /// <summary>The database, as messages name it.</summary>
    string Name { get; }

    /// <summary>How many writers the database likes to have.</summary>
    int Writers { get; }

    /// <summary>Where the writers run: threads of their own when the database's driver blocks.</summary>
    TaskScheduler Scheduler { get; }

    /// <summary>Opens the connection of one writer.</summary>
    Task<WriteSession> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Says what an error means.</summary>
    WriteFault Classify(Exception exception);
}
