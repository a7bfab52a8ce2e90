namespace Orleans.Workflows;

/// <summary>The order of a list of processes.</summary>
public enum ProcessOrder
{
    /// <summary>By creation, the newest first; processes of one instant by id, descending.</summary>
    NewestFirst = 0,

    /// <summary>By creation, the oldest first; processes of one instant by id.</summary>
    OldestFirst = 1,
}
