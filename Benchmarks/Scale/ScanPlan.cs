using System.Globalization;
using System.Text.Json;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>How PostgreSQL executed a scan.</summary>
/// <param name="Nodes">The nodes of the plan with the indexes that they use, the outermost first.</param>
/// <param name="Rows">How many rows came out.</param>
/// <param name="Buffers">How many pages were touched.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record ScanPlan(IReadOnlyList<string> Nodes, double Rows, double Buffers, double Milliseconds)
{
    /// <summary>Reads a plan.</summary>
    /// <param name="explained">The first element of EXPLAIN's JSON.</param>
    /// <returns>The plan.</returns>
    public static ScanPlan Read(JsonElement explained)
    {
        var plan = explained.GetProperty("Plan");
        var nodes = new List<string>();
        Walk(plan, nodes);
        return new ScanPlan(
            nodes,
            plan.GetProperty("Actual Rows").GetDouble(),
            plan.GetProperty("Shared Hit Blocks").GetDouble() + plan.GetProperty("Shared Read Blocks").GetDouble(),
            explained.GetProperty("Execution Time").GetDouble());
    }

    /// <summary>Whether it reads an index, and no table from its beginning to its end.</summary>
    /// <param name="index">The index.</param>
    /// <returns>Whether it does.</returns>
    public bool IsBy(string index) =>
        Nodes.Any(node => node.EndsWith($"using {index}", StringComparison.Ordinal))
        && !Nodes.Any(static node => node.StartsWith("Seq Scan", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(" <- ", Nodes)}; {Rows:N0} rows, {Buffers:N0} pages, {Milliseconds:N2} ms");

    private static void Walk(JsonElement plan, List<string> nodes)
    {
        var type = plan.GetProperty("Node Type").GetString()!;
        nodes.Add(plan.TryGetProperty("Index Name", out var index) ? $"{type} using {index.GetString()}" : type);
        if (plan.TryGetProperty("Plans", out var children))
        {
            foreach (var child in children.EnumerateArray())
            {
                Walk(child, nodes);
            }
        }
    }
}
