using System.ComponentModel.DataAnnotations;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>A typed start has its faults named as one of JSON has: all of them, each with its path.</summary>
public sealed class TypedInputTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(add: static workflows => workflows.AddProcess<Checked>());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Start_WithNullsAndOtherFaults_NamesThemAllAsOfJson()
    {
        var typed = await Should.ThrowAsync<PortValidationException>(() => _cluster.Client.StartAsync(
            Checked.Type,
            new CheckedInput(null!, 12, [new CheckedItem(null!)]),
            cancellationToken: Cancel));
        var created = await Should.ThrowAsync<PortValidationException>(() => _cluster.Client.CreateAsync(
            Checked.Type,
            new CheckedInput(null!, 12, [new CheckedItem(null!)]),
            cancellationToken: Cancel));
        var json = await Should.ThrowAsync<PortValidationException>(() => _cluster.Client.StartJsonAsync(
            "test/checked",
            """{"name":null,"count":12,"items":[{"text":null}]}"""u8.ToArray(),
            cancellationToken: Cancel));

        typed.Faults.Select(static fault => fault.Path).ShouldBe(
            ["inputs.name", "inputs.count", "inputs.items[0].text"],
            ignoreOrder: true);
        typed.Message.ShouldBe(json.Message);
        created.Message.ShouldBe(json.Message);
    }

    public sealed record CheckedInput(string Name, [property: Range(1, 9)] int Count, CheckedItem[] Items);

    public sealed record CheckedItem(string Text);

    [Process("test/checked")]
    public sealed class Checked : Process<CheckedInput, string>
    {
        public static ProcessType<CheckedInput, string> Type { get; } = new("test/checked");

        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish("ok"));
    }
}
