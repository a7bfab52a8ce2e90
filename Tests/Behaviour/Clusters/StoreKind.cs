namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>Where the processes of a cluster are kept.</summary>
public enum StoreKind
{
    /// <summary>In memory: everything is tested there, at speed.</summary>
    Memory = 0,

    /// <summary>In a SQLite file of the run's own.</summary>
    Sqlite = 1,

    /// <summary>In a database of the run's own PostgreSQL server.</summary>
    Postgres = 2,
}
