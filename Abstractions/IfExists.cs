namespace Orleans.Workflows;

/// <summary>What a start does when its id is taken.</summary>
public enum IfExists
{
    /// <summary>The start fails with <see cref="ProcessAlreadyExistsException"/>.</summary>
    Fail = 0,

    /// <summary>
    /// The caller gets a handle to the process that has the id, whatever its state, and is told that it was not
    /// created. A process of another type is not what was asked for: then the start fails as well.
    /// </summary>
    UseExisting = 1,
}
