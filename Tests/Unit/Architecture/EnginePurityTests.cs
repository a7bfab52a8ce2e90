using System.Text.RegularExpressions;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>Grains/Engine is pure: no Orleans runtime, clock, randomness, I/O, tasks, services or logs.</summary>
public sealed partial class EnginePurityTests
{
    [Fact]
    public void Engine_UsesNothingImpure() =>
        Impure(ReferenceScan.Of(Product.AssemblyFile("Grains"), "Orleans.Workflows.Grains.Engine")).ShouldBeEmpty();

    [Fact]
    public void Engine_UsesOfOursOnlyItselfTheContractsAndStoredData()
    {
        var contracts = typeof(ProcessId).Assembly.GetTypes().Select(static type => type.FullName!).ToHashSet();
        var ours = ReferenceScan.Of(Product.AssemblyFile("Grains"), "Orleans.Workflows.Grains.Engine")
            .Where(static name => name.StartsWith("Orleans.", StringComparison.Ordinal))
            .Where(name => !Ours().IsMatch(name) && !contracts.Contains(name.Split("::")[0].Replace('/', '+')));

        ours.ShouldBeEmpty();
    }

    [Fact]
    public void Scan_OfTheEngine_SeesItsCode()
    {
        var used = ReferenceScan.Of(Product.AssemblyFile("Grains"), "Orleans.Workflows.Grains.Engine");

        used.ShouldContain("Orleans.Workflows.Grains.Storage.ProcessCommit");
        used.ShouldContain("System.Text.Json.JsonSerializer::SerializeToUtf8Bytes");
        used.Count.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("System.IO.File::Exists")]
    [InlineData("System.Random::get_Shared")]
    [InlineData("System.TimeProvider::get_System")]
    [InlineData("System.DateTimeOffset::get_UtcNow")]
    [InlineData("System.Guid::NewGuid")]
    [InlineData("System.Threading.Tasks.Task")]
    [InlineData("System.Threading.Thread")]
    [InlineData("System.Environment::get_MachineName")]
    [InlineData("Microsoft.Extensions.Logging.ILogger")]
    [InlineData("Orleans.IGrainFactory")]
    public void Scan_OfSomethingImpure_FindsIt(string name) =>
        Impure(
                ReferenceScan.Of(
                    typeof(Impurities.Lambdas).Assembly.Location,
                    "Orleans.Workflows.Unit.Architecture.Impurities"))
            .ShouldContain(name);

    private static IEnumerable<string> Impure(IEnumerable<string> used) =>
        used.Where(static name => Forbidden().IsMatch(name));

    [GeneratedRegex(
        @"^(Orleans\.(?!Workflows\.)|Microsoft\.|System\.(IO|Net|Threading|Diagnostics|Runtime\.InteropServices\.(?!JsonMarshal|CollectionsMarshal|MemoryMarshal|ImmutableCollectionsMarshal|InAttribute|Marshalling)|Data)\.|System\.(Random|TimeProvider|Environment|Console|IServiceProvider|GC|AppContext|AppDomain)(::|$)|System\.(DateTime|DateTimeOffset)::get_(Utc)?Now|System\.DateTime::get_Today|System\.Guid::(NewGuid|CreateVersion7))"
    )]
    private static partial Regex Forbidden();

    [GeneratedRegex(
        @"^Orleans\.Workflows\.(Grains\.Engine\.|Linked\.Sentence(::|$)|Grains\.Storage\.(InboxMessage|LoadedProcess|MessageMark|MessageSeen|ProcessCommit|ProcessRow|ReportLine)(::|$))"
    )]
    private static partial Regex Ours();
}
