using System.Reflection;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>The product: its folders in the repository, and its assemblies beside the tests.</summary>
internal static class Product
{
    public static IReadOnlyList<string> Projects { get; } =
    ["Abstractions", "Grains", "Storage", "ClientSdk", "Silo", "Cli", "Testing"];

    public static string Root { get; } = FindRoot();

    /// <summary>The projects that have any code yet.</summary>
    public static IReadOnlyList<string> WithCode { get; } =
    [.. Projects.Where(static project => Sources(project).Any())];

    public static IEnumerable<string> Sources(string project) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(static file =>
                !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    public static string AssemblyFile(string project) =>
        Path.Combine(AppContext.BaseDirectory, $"Orleans.Workflows.{project}.dll");

    public static Assembly Load(string project) => Assembly.LoadFrom(AssemblyFile(project));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No Orleans.Workflows.sln above {AppContext.BaseDirectory}.");
    }
}
