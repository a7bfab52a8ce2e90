using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Workflows;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Memory;
using Orleans.Workflows.Storage.Postgres;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Hosting;

/// <summary>
/// Gives a silo the store of its processes. Call one of these; the engine opens and closes the store with the silo.
/// </summary>
public static class ProcessStoreSiloBuilderExtensions
{
    /// <summary>Keeps processes in one SQLite file.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="configure">Sets the file's path, and bounds.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public static ISiloBuilder UseSqliteProcessStore(this ISiloBuilder builder, Action<SqliteStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new SqliteStoreOptions();
        configure(options);
        options.Check();

        // Waits for a busy disk are real time, also where tests give the engine a clock of their own.
        builder.Services.AddSingleton<IProcessStore>(services => new SqliteProcessStore(
            options,
            TimeProvider.System,
            services.GetRequiredService<ILogger<SqliteProcessStore>>(),
            services.GetService<IMeterFactory>()));
        return builder;
    }

    /// <summary>
    /// Keeps processes in a PostgreSQL database, which the silos of a cluster share: one cluster has it, and its clock
    /// is their time.
    /// </summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="configure">Sets the connection string, and bounds.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public static ISiloBuilder UsePostgresProcessStore(
        this ISiloBuilder builder,
        Action<PostgresStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PostgresStoreOptions();
        configure(options);
        options.Check();

        // Waits for a lost server are real time, also where tests give the engine a clock of their own.
        builder.Services.AddSingleton<IProcessStore>(services => new PostgresProcessStore(
            options,
            TimeProvider.System,
            services.GetRequiredService<ILogger<PostgresProcessStore>>(),
            services.GetService<IMeterFactory>(),
            services.GetService<ILocalSiloDetails>()?.SiloAddress.ToParsableString()));
        builder.Services.AddSingleton<IClusterRecord>(_ => new PostgresClusterRecord(options.ConnectionString));
        return builder;
    }

    /// <summary>Keeps processes in memory: they end with the host.</summary>
    /// <param name="builder">The silo's builder.</param>
    /// <param name="shared">A store that several silos share; null for one of the silo's own.</param>
    /// <returns>The builder.</returns>
    public static ISiloBuilder UseMemoryProcessStore(this ISiloBuilder builder, MemoryProcessStore? shared = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IProcessStore>(shared ?? new MemoryProcessStore());
        return builder;
    }
}
