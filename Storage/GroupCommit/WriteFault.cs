namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>What an error of a database means for the batch that met it.</summary>
internal enum WriteFault
{
    /// <summary>
    /// The database refuses something in the batch and would refuse it again: the batch is halved down to the guilty
    /// item.
    /// </summary>
    Refused = 0,

    /// <summary>Busy, deadlock or serialization: the same batch is tried again.</summary>
    Transient = 1,

    /// <summary>The connection is gone: the same batch is tried again on a new one.</summary>
    Lost = 2,

    /// <summary>There is no room, or the database takes no writes: the callers are told.</summary>
    NoRoom = 3,

    /// <summary>
    /// One item is at fault, or the database for all of them: rights, a file that cannot be read. The batch is halved;
    /// what fails alone, and again when others were written, is refused. When nothing can be written, the callers are
    /// told so.
    /// </summary>
    Unclear = 5,

    /// <summary>
    /// Another session holds a lock for too long: the items that want it are set aside, the others go on.
    /// </summary>
    Locked = 4,
}
