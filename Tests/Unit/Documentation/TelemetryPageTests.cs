using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Workflows.Grains.Telemetry;
using Orleans.Workflows.Storage.Sqlite;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>docs/operations/telemetry.md against what the code makes.</summary>
public sealed class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(
        Path.Combine(Product.Root, "docs", "operations", "telemetry.md"));

    [Fact]
    public async Task Page_TellsEveryInstrumentWithItsKindAndUnit()
    {
        var instruments = await InstrumentsAsync();

        instruments.Count.ShouldBe(16);
        PageTables
            .Under(Page, "Instruments")
            .Where(static row => row.Length == 5)
            .Select(static row => (Name: row[0].Trim('`'), Kind: row[1], Unit: row[2].Trim('`')))
            .ShouldBe(
                instruments.Select(static instrument => (instrument.Name, KindOf(instrument), instrument.Unit!)),
                ignoreOrder: true);
    }

    [Fact]
    public async Task Instruments_SayWhatTheyAre() =>
        (await InstrumentsAsync()).ShouldAllBe(static instrument =>
            !string.IsNullOrEmpty(instrument.Unit) && instrument.Description!.EndsWith('.'));

    [Fact]
    public void Page_TellsEverySpan() =>
        PageTables
            .Under(Page, "Spans")
            .Select(static row => row[0].Trim('`'))
            .ShouldBe([WorkflowActivities.StartName, WorkflowActivities.StepName]);

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "ObservableGauge" => "gauge",
        "Counter" => "counter",
        "Histogram" => "histogram",
        var other => other,
    };

    private static async Task<List<Instrument>> InstrumentsAsync()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var found = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    found.Add(instrument);
                }
            },
        };
        listener.Start();
        using var engine = new WorkflowInstruments(meters);
        await using var store = new SqliteProcessStore(
            new SqliteStoreOptions { Path = "never-opened.db" },
            TimeProvider.System,
            NullLogger<SqliteProcessStore>.Instance,
            meters);
        return found;
    }
}
