using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Workflows.Benchmarks.Load;

namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>How reports are written.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(JsonStringEnumConverter<LoadKind>)])]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>Writes a report to a file.</summary>
    /// <param name="report">The report.</param>
    /// <param name="file">The file; replaced if it is there.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Completes when it is written.</returns>
    public static async Task WriteAsync(Report report, string file, CancellationToken cancellationToken)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, report, Default.Report, cancellationToken);
    }
}
