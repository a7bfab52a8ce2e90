namespace Orleans.Workflows.Cli.Writing;

/// <summary>
/// An outline as a person reads it: a line for each element, and the positions at which a process can stand there.
/// </summary>
internal static class OutlineText
{
    /// <summary>The lines of an element.</summary>
    public static IEnumerable<Cell[]> Rows(OutlineElement element, int depth) =>
        element.Blocks.Count == 0
            ?
            [
                Row(
                    depth,
                    element.Kind == OutlineElementKind.Step
                        ? element.Id
                        : $"{element.Kind.ToString().ToLowerInvariant()} {element.Id}",
                    element.Positions),
            ]
            : element.Blocks.SelectMany(
                (block, at) =>
                    block
                        .Elements.SelectMany(inner => Rows(inner, depth + 1))
                        .Prepend(Row(depth, Head(element.Kind, block, at), [])));

    private static string Head(OutlineElementKind kind, OutlineBlock block, int at) => block.Predicate is null ? "else"
        : kind == OutlineElementKind.While ? $"while {block.Predicate}"
        : at == 0 ? $"if {block.Predicate}"
        : $"else if {block.Predicate}";

    private static Cell[] Row(int depth, string text, IReadOnlyList<string> positions) =>
        [PlainText.Indent(depth) + text, string.Join(", ", positions)];
}
