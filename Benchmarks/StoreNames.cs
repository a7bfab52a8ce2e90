namespace Orleans.Workflows.Benchmarks;

/// <summary>How the command line names the stores.</summary>
internal static class StoreNames
{
    private static readonly Dictionary<string, StoreKind> Kinds = new()
    {
        ["postgres"] = StoreKind.Postgres,
        ["sqlite"] = StoreKind.Sqlite,
        ["memory"] = StoreKind.Memory,
        ["adonet-baseline"] = StoreKind.AdoNetBaseline,
    };

    /// <summary>All names.</summary>
    public static string[] All => [.. Kinds.Keys];

    /// <summary>The names of those that have the engine on them.</summary>
    public static string[] OfEngine =>
        [.. Kinds.Where(static kind => kind.Value != StoreKind.AdoNetBaseline).Select(static kind => kind.Key)];

    /// <summary>Finds a store.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The store.</returns>
    public static StoreKind Find(string name) => Kinds[name];

    /// <summary>Names a store.</summary>
    /// <param name="store">The store.</param>
    /// <returns>Its name.</returns>
    public static string Of(StoreKind store) => Kinds.Single(kind => kind.Value == store).Key;
}
