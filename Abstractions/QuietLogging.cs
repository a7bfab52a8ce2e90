using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Workflows.Abstractions;

/// <summary>
/// What a host with a silo or a client logs where its configuration does not say: of Orleans warnings only, without the
/// hundreds of lines of its options; nothing of the retries inside it; of this product what any other category would
/// have.
/// </summary>
/// <remarks>
/// A level in the host's configuration, or a filter in its code, for the category or one that it begins with counts
/// instead.
/// </remarks>
public static class QuietLogging
{
    /// <summary>The levels, by category.</summary>
    public static IReadOnlyDictionary<string, LogLevel> Levels { get; } = new Dictionary<string, LogLevel>
    {
        ["Orleans"] = LogLevel.Warning,
        ["Orleans.Workflows"] = LogLevel.Trace,
        ["Polly"] = LogLevel.None,
    };

    /// <summary>Gives a host these levels. Registrations of a silo and of a client do so by themselves.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddQuietLogging(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<LoggerFilterOptions>, Defaults>());
        return services;
    }

    /// <summary>Adds the levels behind everything that the host says of its own.</summary>
    private sealed class Defaults : IPostConfigureOptions<LoggerFilterOptions>
    {
        /// <inheritdoc/>
        public void PostConfigure(string? name, LoggerFilterOptions options)
        {
            var given = options.Rules.Where(static rule => rule.ProviderName is null).ToList();

            // Never more than the host would log anyway.
            var least = given.LastOrDefault(static rule => string.IsNullOrEmpty(rule.CategoryName))?.LogLevel
                ?? options.MinLevel;
            foreach (
                var (category, level) in Levels.Where(quiet =>
                    !given.Exists(rule => Covers(rule.CategoryName, quiet.Key))))
            {
                options.Rules.Add(
                    new LoggerFilterRule(providerName: null, category, level > least ? level : least, filter: null));
            }
        }

        private static bool Covers(string? given, string category) =>
            !string.IsNullOrEmpty(given) && category.StartsWith(given.TrimEnd('*'), StringComparison.OrdinalIgnoreCase);
    }
}
