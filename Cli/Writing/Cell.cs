namespace Orleans.Workflows.Cli.Writing;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says; null for nothing.</param>
/// <param name="Ink">What it is.</param>
internal readonly record struct Cell(string? Text, Ink Ink = Ink.Plain)
{
    /// <summary>Makes the heads of columns.</summary>
    public static Cell[] Heads(params string[] texts) => [.. texts.Select(static text => new Cell(text, Ink.Head))];

    /// <summary>Makes a cell of a text.</summary>
    /// <param name="text">The text; null for nothing.</param>
    public static implicit operator Cell(string? text) => new(text);
}
