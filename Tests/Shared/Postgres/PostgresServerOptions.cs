namespace Orleans.Workflows.Shared.Postgres;

/// <summary>What a test or a benchmark may want otherwise of its PostgreSQL server.</summary>
public sealed class PostgresServerOptions
{
    // Below the ports that Linux gives to outgoing connections. A client that tries again and again to reach a stopped
    // server there would sooner or later be given that very port for its own end, and then hold it.
    private const int FirstPort = 20_000;
    private const int PortsEnd = 32_768;

    /// <summary>
    /// Settings of the server as <c>name=value</c>; later ones win. Default: none, so that each commit is durable.
    /// </summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>
    /// The folders in which its programs are sought, in order. Default: Debian's, newest version first, then PATH.
    /// </summary>
    public IReadOnlyList<string> SearchPath { get; init; } = PostgresBinaries.DefaultSearchPath();

    /// <summary>Proposes a port; it is asked again when that port is taken. Default: a random one.</summary>
    public Func<int> NextPort { get; init; } = static () => Random.Shared.Next(FirstPort, PortsEnd);
}
