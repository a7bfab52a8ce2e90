using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.ClientSdk.Connecting;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>What a client says while it waits for its cluster, and how long it waits between two attempts.</summary>
public sealed class ClusterAwaitedTests : IDisposable
{
    private readonly ConnectionState _state = new();
    private readonly LogLines _log = new();
    private readonly LoggerFactory _loggers = new();
    private readonly ClusterAwaited _awaited;

    public ClusterAwaitedTests()
    {
        _loggers.AddProvider(_log);
        _awaited = new ClusterAwaited(
            new ClusterAddress([], null, null),
            _state,
            _loggers.CreateLogger<ClusterAwaited>());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _loggers.Dispose();

    [Theory]
    [InlineData("28P01", "the database refuses the user: 28P01: said by the server")]
    [InlineData("28000", "the database refuses the user: 28000: said by the server")]
    [InlineData("3D000", "3D000: said by the server")]
    [InlineData("08", "08: said by the server")]
    public async Task Database_ThatRefuses_IsQuoted(string code, string expected)
    {
        var refused = new PostgresException("said by the server", "FATAL", "FATAL", code);
        using var noTime = new CancellationTokenSource();

        var attempt = _awaited.ShouldRetryConnectionAttempt(
            new InvalidOperationException("outer", refused),
            noTime.Token);

        _state.Missing.ShouldBe(expected);
        _log.All.ShouldHaveSingleItem().ShouldEndWith($": {expected}");
        await noTime.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(attempt);
    }

    [Fact]
    public async Task Attempts_ThatFail_AreSaidOnce_AndTheirEndIsSaid()
    {
        var away = new TimeoutException("Nobody is there.");

        (await _awaited.ShouldRetryConnectionAttempt(away, Cancel)).ShouldBeTrue();
        (await _awaited.ShouldRetryConnectionAttempt(away, Cancel)).ShouldBeTrue();
        _awaited.End();
        _awaited.End();

        _log.All.Count.ShouldBe(3);
        _log.All.First().ShouldContain("waits for its cluster, the embedded silo that runs on this machine: Nobody is");
        _log.All.ElementAt(1).ShouldContain("for which it has waited for ");
        _log.All.Last().ShouldContain("is connected to its cluster");
    }
}
