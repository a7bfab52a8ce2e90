using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.CrashHost.Clocks;

/// <summary>Gives a host a clock of its own that a test sets, and the database another.</summary>
public static class WrongClocks
{
    /// <summary>The name of the database's clock.</summary>
    public const string Database = "database";

    /// <summary>Gives the host its clock; to be called before the silo is added.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="folder">Where clocks are set.</param>
    /// <param name="name">The name of the host's clock; null for a right one.</param>
    public static void AddClock(IHostApplicationBuilder builder, string folder, string? name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (name is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(_ => new ShiftedClock(new Shift(folder, name)));
        }
    }

    /// <summary>
    /// Shifts the database's clock as the host reads it; to be called after the silo was added. An embedded silo has
    /// none.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="folder">Where clocks are set.</param>
    public static void ShiftDatabase(IHostApplicationBuilder builder, string folder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (
            builder.Services.LastOrDefault(static service => service.ServiceType == typeof(IClusterRecord)) is
            { ImplementationFactory: { } make })
        {
            builder.Services.AddSingleton<IClusterRecord>(provider => new ShiftedRecord(
                (IClusterRecord)make(provider),
                new Shift(folder, Database)));
        }
    }
}
