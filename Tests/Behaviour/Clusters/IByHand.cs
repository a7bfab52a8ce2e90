namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>What a person does to a database by hand.</summary>
internal interface IByHand
{
    /// <summary>Changes a payload of a row.</summary>
    /// <param name="id">The process.</param>
    /// <param name="column">checkpoint, input or output.</param>
    /// <param name="change">From what it is to what it shall be.</param>
    /// <returns>What it was.</returns>
    Task<byte[]> ChangeAsync(ProcessId id, string column, Func<byte[], byte[]> change);

    /// <summary>Changes the type of a row.</summary>
    /// <param name="id">The process.</param>
    /// <param name="type">The type.</param>
    /// <param name="version">The version of its definition.</param>
    /// <returns>Completes when it is changed.</returns>
    Task SetTypeAsync(ProcessId id, string type, int version);

    /// <summary>Changes the payloads of a process's messages.</summary>
    /// <param name="receiver">The process.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>Completes when they are changed.</returns>
    Task SetMessagesAsync(ProcessId receiver, byte[] payload);

    /// <summary>Deletes entries of a history.</summary>
    /// <param name="id">The process.</param>
    /// <param name="first">The first version.</param>
    /// <param name="last">The last version.</param>
    /// <returns>Completes when they are deleted.</returns>
    Task DeleteHistoryAsync(ProcessId id, long first, long last);

    /// <summary>
    /// Deletes a process with its history and its messages, as a database has it that fell back to before its start.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <returns>Completes when it is deleted.</returns>
    Task DeleteAsync(ProcessId id);

    /// <summary>
    /// Gives a row another last operation, as a database has it that fell back and went on to the same version by
    /// another way.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>Completes when it is changed.</returns>
    Task SetOperationAsync(ProcessId id, Guid operation);

    /// <summary>Makes an entry of a history unreadable, where entries are text.</summary>
    /// <param name="id">The process.</param>
    /// <param name="version">The version.</param>
    /// <returns>Whether entries are text.</returns>
    Task<bool> BreakHistoryAsync(ProcessId id, long version);
}
