using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Workflows.StorageTests.Hosting;

/// <summary>A silo's builder that only keeps what is registered.</summary>
internal sealed class StubSiloBuilder : ISiloBuilder
{
    /// <inheritdoc/>
    public IServiceCollection Services { get; } = new ServiceCollection().AddLogging();

    /// <inheritdoc/>
    public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
}
