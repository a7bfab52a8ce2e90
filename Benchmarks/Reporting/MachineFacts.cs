using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>Where it is measured.</summary>
internal static class MachineFacts
{
    /// <summary>Reads the facts.</summary>
    /// <returns>The facts by name.</returns>
    public static Dictionary<string, string> Read() =>
        new()
        {
            ["commit"] = Commit(),
            ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["cpu"] = Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            ["memory"] = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_073_741_824.0:0.0} GiB",
            ["system"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["gc"] =
                $"{(GCSettings.IsServerGC ? "server" : "workstation")}, "
                + $"{(AppContext.TryGetSwitch("System.GC.Concurrent", out var concurrent) && !concurrent ? "not concurrent" : "concurrent")}",
            ["build"] = Build(),
            ["temporary files"] = Path.GetTempPath(),
        };

    // The SDK writes the commit behind the version when it builds in a repository.
    private static string Commit() =>
        typeof(MachineFacts)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')
            is [_, var commit]
            ? commit
            : "unknown";

    private static string Build() =>
        typeof(MachineFacts).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is "Release"
            ? "Release"
            : "Debug: the figures say nothing; use -c Release";

    private static string? Line(string file, string name) =>
        !File.Exists(file)
            ? null
            : File.ReadLines(file)
                .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
                ?.Split(':', 2)[1]
                .Trim();
}
