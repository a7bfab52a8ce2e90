namespace Orleans.Workflows.Cli.Writing;

/// <summary>What a text is, which a terminal with colours shows.</summary>
internal enum Ink
{
    /// <summary>Any text.</summary>
    Plain,

    /// <summary>The head of a column.</summary>
    Head,

    /// <summary>It is as it should be.</summary>
    Good,

    /// <summary>It wants a look.</summary>
    Odd,

    /// <summary>It is not as it should be.</summary>
    Bad,
}
