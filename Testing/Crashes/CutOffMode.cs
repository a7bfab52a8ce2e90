namespace Orleans.Workflows.Testing;

/// <summary>What a silo that is cut off sees of its store.</summary>
public enum CutOffMode
{
    /// <summary>
    /// The silo dies before the access: it is not carried out, and neither it nor any later one is answered.
    /// </summary>
    SilentBefore,

    /// <summary>
    /// The store goes away before the access: it is not carried out, and it and every later one is told that the store
    /// is unavailable.
    /// </summary>
    RefusedBefore,

    /// <summary>
    /// The silo dies after the access: it is carried out and its reply is lost; no later one is carried out or
    /// answered.
    /// </summary>
    SilentAfter,

    /// <summary>
    /// The access is carried out, and instead of its reply comes an exception; every later one is told that the store
    /// is unavailable.
    /// </summary>
    BrokenAfter,
}
