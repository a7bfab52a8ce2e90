namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>Something that the engine promises and that did not hold.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Process">The process.</param>
/// <param name="Text">The particulars.</param>
public sealed record Violation(ViolationKind Kind, string Process, string Text)
{
    /// <summary>The violation in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Kind} {Process}: {Text}";
}
