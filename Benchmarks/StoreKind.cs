using System.Text.Json.Serialization;

namespace Orleans.Workflows.Benchmarks;

/// <summary>Where the processes are kept.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StoreKind>))]
internal enum StoreKind
{
    /// <summary>In memory: what the engine and Orleans cost by themselves.</summary>
    [JsonStringEnumMemberName("memory")]
    Memory = 0,

    /// <summary>In a SQLite file.</summary>
    [JsonStringEnumMemberName("sqlite")]
    Sqlite = 1,

    /// <summary>In PostgreSQL.</summary>
    [JsonStringEnumMemberName("postgres")]
    Postgres = 2,

    /// <summary>No engine: a plain grain for each process, in Orleans' AdoNet grain storage on PostgreSQL.</summary>
    [JsonStringEnumMemberName("adonet-baseline")]
    AdoNetBaseline = 3,
}
