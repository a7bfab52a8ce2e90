using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// Keeps a client quiet about its connections where the host does not want the level Debug of them: each attempt would
/// be a stack trace, several times a second while the cluster is away. <see cref="ClusterAwaited"/> says what there is
/// to say.
/// </summary>
internal sealed class QuietConnections : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>
    /// What of Orleans speaks of a client's gateways, its connections, and the calls that are lost with them. What it
    /// calls an error of a connection is none of an outage: a message that cannot be written, or read.
    /// </summary>
    private static readonly (string Category, LogLevel Level)[] Levels =
    [
        ("Orleans.Messaging.GatewayManager", LogLevel.None),
        ("Orleans.Messaging.ClientMessageCenter", LogLevel.Error),
        ("Orleans.Runtime.Messaging", LogLevel.Error),
        ("Orleans.Runtime.CallbackData", LogLevel.Error),
    ];

    /// <inheritdoc/>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // A rule of a provider goes before one of all, whatever its category: each provider that has any needs its own.
        var providers = options.Rules.Select(static rule => rule.ProviderName).Append(null).Distinct().ToList();
        foreach (var provider in providers)
        {
            var given = options.Rules.Where(rule => rule.ProviderName == provider).ToList();
            foreach (var (category, level) in Levels)
            {
                var rule = RuleOf(given, category);
                if (rule is { CategoryName.Length: > 0, LogLevel: <= LogLevel.Debug })
                {
                    continue;
                }

                // Never more than the host would log anyway.
                var least = rule?.LogLevel ?? options.MinLevel;
                var kept = level > least ? level : least;
                options.Rules.Add(new LoggerFilterRule(provider, category, kept, filter: null));
            }
        }
    }

    /// <summary>
    /// The rule that counts for a category: the longest that it begins with, of equals the last; null for none.
    /// </summary>
    private static LoggerFilterRule? RuleOf(IEnumerable<LoggerFilterRule> rules, string category) => rules
        .Where(rule => category.StartsWith((rule.CategoryName ?? "").TrimEnd('*'), StringComparison.OrdinalIgnoreCase))
        .OrderBy(static rule => rule.CategoryName?.TrimEnd('*').Length ?? 0)
        .LastOrDefault();
}
