namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// A grain that stays in memory of its own accord, and is told that a call to it was refused: the call may be all that
/// brought it there.
/// </summary>
internal interface IHearsOfRefusals
{
    /// <summary>Leaves memory unless somebody has called it whose call was not refused.</summary>
    void Refused();
}
