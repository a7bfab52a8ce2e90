namespace Orleans.Workflows.RandomPrograms.Model;

/// <summary>What may become of a process: the model's answer.</summary>
public sealed record Expectation
{
    /// <summary>How it ends.</summary>
    public required ExpectedEnd End { get; init; }

    /// <summary>Its notes by then, in the order of the program.</summary>
    public required IReadOnlyList<ExpectedNote> Notes { get; init; }

    /// <summary>The last instruction that begins; as many as there are for the end of the program.</summary>
    public required int Reach { get; init; }

    /// <summary>Whether it may be killed at any point before instead, with the notes until then.</summary>
    public required bool MayBeKilled { get; init; }

    /// <summary>Whether it takes its parent along when it is killed.</summary>
    public required bool KillsParent { get; init; }

    /// <summary>What may become of its children, group by group, for those that are started.</summary>
    public required IReadOnlyList<IReadOnlyList<Expectation>> Groups { get; init; }

    /// <summary>How it may end.</summary>
    /// <returns>The ends; one, unless the outside races.</returns>
    public IReadOnlyList<ExpectedEnd> Ends() =>
        MayBeKilled && End != ExpectedEnd.Killed ? [End, ExpectedEnd.Killed] : [End];
}
