using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Grains.Telemetry;

/// <summary>
/// Gives a <see cref="QuietLogger"/> to each part of Orleans and of the engine, and the host's own to everybody else.
/// It stands before the host's factory, since most of Orleans asks that and not for an <c>ILogger&lt;T&gt;</c>.
/// </summary>
/// <param name="inner">The host's factory.</param>
/// <param name="time">The clock of what is said again.</param>
internal sealed class QuietLoggers(ILoggerFactory inner, TimeProvider time) : ILoggerFactory
{
    /// <summary>How the categories of the engine begin.</summary>
    public const string Engine = "Orleans.Workflows.";

    private const string Key = "Orleans.Workflows host's loggers";

    /// <summary>What speaks of the user's code: a database that is away for that is none of ours.</summary>
    private static readonly string[] OfUsers = [UserCodeLogger.Processes, UserCodeLogger.Observers];

    private static readonly string[] Parts = ["Grains.", "Storage.", "Silo.", "ClientSdk.", "Abstractions."];

    private readonly ILoggerFactory _inner = inner;
    private readonly LateCalls _late = new(inner, time);
    private readonly ConcurrentDictionary<string, ILogger> _quiet = new();

    /// <summary>
    /// Says that the database is away. Of its own, for Orleans logs behind the end of the host's services too.
    /// </summary>
    public StoreOutage Outage { get; } = new(inner, time);

    /// <summary>Puts one before the factory that a host has so far.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddLogging();
        var given = services.Last(static service =>
            service is { IsKeyedService: false } && service.ServiceType == typeof(ILoggerFactory));
        services.Add(
            given switch
            {
                { ImplementationInstance: { } instance } => new ServiceDescriptor(
                    typeof(ILoggerFactory),
                    Key,
                    instance),
                { ImplementationFactory: { } make } => new ServiceDescriptor(
                    typeof(ILoggerFactory),
                    Key,
                    (provider, _) => make(provider),
                    given.Lifetime),
                _ => new ServiceDescriptor(typeof(ILoggerFactory), Key, given.ImplementationType!, given.Lifetime),
            });
        services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(static provider => new QuietLoggers(
                provider.GetRequiredKeyedService<ILoggerFactory>(Key),
                TimeProvider.System)));

        // A host may have put another factory in the place of this one.
        services.AddSingleton(static provider =>
            provider.GetRequiredService<ILoggerFactory>() is var loggers && loggers is QuietLoggers quiet
                ? quiet.Outage
                : new StoreOutage(loggers, TimeProvider.System));
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        !IsOfSilo(categoryName) || OfUsers.Contains(categoryName)
            ? _inner.CreateLogger(categoryName)
            : _quiet.GetOrAdd(
                categoryName,
                static (category, own) =>
                    new QuietLogger(category, own.Inner.CreateLogger(category), own.Outage, own.Late),
                (Inner: _inner, Outage, Late: _late));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    /// <summary>The host's factory is ended by its host.</summary>
    public void Dispose() => _late.Dispose();

    /// <summary>Of Orleans, or of the engine's own packages; not of what others call so.</summary>
    private static bool IsOfSilo(string category) => category.StartsWith("Orleans.", StringComparison.Ordinal)
        && (!category.StartsWith(Engine, StringComparison.Ordinal)
            || Parts.Any(part => category.AsSpan(Engine.Length).StartsWith(part, StringComparison.Ordinal)));
}
