namespace Orleans.Workflows.Cli.Writing;

/// <summary>A process type as a person reads it.</summary>
internal static class DescriptionText
{
    /// <summary>Writes a description.</summary>
    public static void Write(Report report, ProcessDescription description)
    {
        report.Line($"{description.Type}, version {description.Version}");
        var earlier = description
            .Silos.Where(silo => silo.Version != description.Version)
            .Select(static silo => $"version {silo.Version} on {silo.Name}")
            .ToList();
        if (earlier.Count > 0)
        {
            report.Line($"Still {string.Join(", ", earlier)}.");
        }

        if (description.Help is not null)
        {
            report.Line(description.Help);
        }

        Section(report, "Inputs", [.. RowsBelow(description.Inputs, depth: 1)]);
        Section(report, "Outputs", [.. RowsBelow(description.Outputs, depth: 1)]);
        var codes = description.ExitCodes.Select(static code =>
            new Cell[] { $"{PlainText.Indent(1)}{code.Status}", code.Label, code.Message });
        Section(report, "Exit codes", [.. codes]);
        if (description.Outline.Count > 0)
        {
            Section(
                report,
                "Outline, with the positions of its steps",
                [.. description.Outline.SelectMany(static element => OutlineText.Rows(element, depth: 1))]);
        }
        else
        {
            var steps = description.Positions.Select(static position => new Cell[] { PlainText.Indent(1) + position });
            Section(report, "Steps", [.. steps]);
        }
    }

    private static void Section(Report report, string title, IReadOnlyList<Cell[]> rows)
    {
        if (rows.Count > 0)
        {
            report.Line("");
            report.Line($"{title}:");
            report.Table(rows);
        }
    }

    private static IEnumerable<Cell[]> RowsBelow(PortDescription port, int depth) =>
        (port.Item is { } item ? port.Children.Append(item) : port.Children).SelectMany(child =>
            RowsBelow(child, depth + 1).Prepend(Row(child, depth)));

    private static Cell[] Row(PortDescription port, int depth) =>
    [
        PlainText.Indent(depth) + port.Name,
        port.Type,
        port switch
        {
            { Required: true } => "required",
            { DefaultIsComputed: true } => "default is computed",
            { Default: { } value } => $"default {value}",
            _ => "",
        },
        $"{port.Help}{(port.Validators.Count == 0 ? "" : $" ({string.Join(", ", port.Validators)})")}".TrimStart(),
    ];
}
