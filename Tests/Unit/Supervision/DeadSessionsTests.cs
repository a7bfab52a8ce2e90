using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Storage.Memory;
using Orleans.Workflows.Testing;
using Orleans.Workflows.Unit.Definitions;

namespace Orleans.Workflows.Unit.Supervision;

/// <summary>Whose sessions are ended, how often, and what is said of it.</summary>
public sealed class DeadSessionsTests : IAsyncLifetime
{
    private const string Refusal = "The sessions of dead silos cannot be ended in the database";
    private const string Stranger = "192.0.2.1:11111@1";
    private static readonly string Dead = FakeCluster.Address(2).ToParsableString();

    private readonly FakeCluster _cluster = new FakeCluster().Has(1, "a").Has(2, "a", SiloStatus.Dead);
    private readonly LogLines _log = new();
    private readonly MemoryProcessStore _memory = new();
    private readonly ILoggerFactory _loggers;
    private readonly SessionStore _store;
    private readonly DeadSessions _sut;

    public DeadSessionsTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _store = new SessionStore(_memory);
        _sut = new DeadSessions(_store, _cluster, _loggers.CreateLogger<DeadSessions>());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        _sut.Dispose();
        _loggers.Dispose();
        return _memory.DisposeAsync();
    }

    [Fact]
    public async Task DeadSilosAndOwnersThatNobodyKnows_AreEndedOnceEach()
    {
        await _sut.EndAsync([FakeCluster.Address(1).ToParsableString(), Dead, Stranger], Cancel);
        await _sut.EndAsync([Dead, Stranger], Cancel);

        _store.Ended.ShouldHaveSingleItem().ShouldBe([Dead, Stranger], ignoreOrder: true);
        _cluster.Refreshes.ShouldBe(1, "a silo that is unknown may have joined since");
        _log.All.ShouldHaveSingleItem().ShouldStartWith("2 sessions of dead silos were ended");
    }

    [Fact]
    public async Task SessionsThatCannotBeEnded_AreOneWarning_AndAreTriedAgainWithEachPass()
    {
        _store.IsRefused = true;
        for (var pass = 0; pass < 3; pass++)
        {
            await _sut.EndAsync([Dead], Cancel);
        }

        _store.Asked.ShouldBe(3);
        _log.All.ShouldHaveSingleItem().ShouldStartWith(Refusal);
        _store.IsRefused = false;
        await _sut.EndAsync([Dead], Cancel);
        _store.Ended.ShouldHaveSingleItem();
        _cluster.Has(3, "a", SiloStatus.Dead);
        _store.IsRefused = true;
        await _sut.EndAsync([Dead], Cancel);
        _log.All.Count(static line => line.StartsWith(Refusal, StringComparison.Ordinal))
            .ShouldBe(2, "once for each time that it begins");
    }

    private sealed class SessionStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        public bool IsRefused { get; set; }

        public int Asked { get; private set; }

        public List<IReadOnlyCollection<string>> Ended { get; } = [];

        public override Task<int> EndSessionsAsync(
            IReadOnlyCollection<string> silos, CancellationToken cancellationToken)
        {
            Asked++;
            if (IsRefused)
            {
                throw new StoreUnavailableException("The role may not.");
            }

            Ended.Add(silos);
            return Task.FromResult(silos.Count);
        }
    }
}
