using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>
/// A contract whose records do not fit its definition is found at start-up, not by the first who uses it.
/// </summary>
public sealed class ContractFaultTests
{
    [Fact]
    public void Contract_WithOtherInputs_IsAFaultForEachPort() =>
        Faults<Mailing>()
            .ShouldBe([
                "Mailing: the contract Contracts.Mail does not fit: inputs.adress: the contract has it, and the "
                + "definition has no such port. Give both the same records.",
                "Mailing: the contract Contracts.Mail does not fit: inputs.copies: the contract has text, and the "
                + "definition has a number. Give both the same records.",
                "Mailing: the contract Contracts.Mail does not fit: inputs.pages[*].text: the contract has a number, "
                + "and the definition has text. Give both the same records.",
                "Mailing: the contract Contracts.Mail does not fit: inputs.address: the definition has it, and the "
                + "contract has no such port. Give both the same records.",
            ]);

    [Fact]
    public void Contract_OfADefinitionWithFaultsOfItsOwn_IsComparedAtOnce() =>
        Faults<Unregistered>().ShouldSatisfyAllConditions(
            static faults => faults.Count.ShouldBe(5),
            static faults => faults[0].ShouldStartWith("Unregistered: its constructor needs IDisposable"),
            static faults => faults[1].ShouldStartWith("Unregistered: the contract Contracts.Mail does not fit"));

    [Fact]
    public void Contract_WithOtherOutputs_IsAFaultForEachPort() =>
        Faults<Counting>()
            .ShouldBe([
                "Counting: the contract Contracts.Count does not fit: outputs.unit: the definition has a number, and "
                + "the contract has text. Give both the same records.",
                "Counting: the contract Contracts.Count does not fit: outputs.total: the contract has it, and the "
                + "definition has no such port. Give both the same records.",
            ]);

    [Fact]
    public void Contract_WithRecordsThatOthersCanRead_IsSound() => Faults<Tolerant>().ShouldBeEmpty();

    [Fact]
    public void Contract_OfTheSameRecords_IsSound() => Faults<Same>().ShouldBeEmpty();

    [Fact]
    public void Contract_OfRecordsThatContainThemselves_IsComparedOnce() =>
        Faults<Nested>().ShouldHaveSingleItem().ShouldContain("inputs.size: the contract has text");

    [Fact]
    public void Processes_OfAnAssembly_AreAllThatItHas()
    {
        var workflows = Workflows(static all => all.AddProcesses(typeof(ContractFaultTests).Assembly));

        workflows.TypeNames.ShouldContain("contracts/mail");
        workflows.TypeNames.ShouldContain("contracts/nested");
        workflows.TypeNames.ShouldNotContain("Steps`2");
    }

    [Fact]
    public void Processes_OfAnAssemblyWithoutAny_AreTheCallersMistake() =>
        Should
            .Throw<ArgumentException>(static () =>
                Workflows(static all => all.AddProcesses(typeof(JsonSerializer).Assembly)))
            .Message.ShouldContain("System.Text.Json has no class that derives from Process");

    private static IReadOnlyList<string> Faults<TProcess>()
        where TProcess : Process
    {
        var silo = new SiloServices();
        silo.AddWorkflows(static workflows => workflows.AddProcess<TProcess>());
        using var services = silo.Services.BuildServiceProvider();
        try
        {
            services.GetRequiredService<DefinitionRegistry>();
            return [];
        }
        catch (InvalidDefinitionsException e)
        {
            return e.Faults;
        }
    }

    private static WorkflowsBuilder Workflows(Action<WorkflowsBuilder> configure)
    {
        var silo = new SiloServices();
        silo.AddWorkflows(configure);
        return (WorkflowsBuilder)
            silo
                .Services.Single(static service => service.ServiceType == typeof(WorkflowsBuilder))
                .ImplementationInstance!;
    }

    private static class Contracts
    {
        public static readonly ProcessType<MailInput, Nothing> Mail = new("contracts/mail");
        public static readonly ProcessType<Tree<string>, Nothing> Nested = new("contracts/nested");

        // Not public, and a property.
        private static ProcessType<Nothing, CountTold> Count { get; } = new("contracts/count");

        public static ProcessType<LooseInput, LooseTold> Loose => new("contracts/loose");

        public static readonly ProcessType<Nothing, Nothing> Same = new("contracts/same");
    }

    private sealed record MailInput(string Adress, string Copies, IReadOnlyList<MailPage<int>> Pages);

    private sealed record MailTaken(string Address, int Copies, MailPage<string>[] Pages, string? Note = null);

    private sealed record MailPage<T>(T Text);

    private sealed record CountTold
    {
        public int Total { get; init; }

        public string? Unit { get; init; }

        public string Both => $"{Total} {Unit}";
    }

    private sealed record CountGiven(int Sum, int Unit);

    /// <summary>
    /// Numbers of another width, text for an enum, a GUID as text, a dictionary for ports, JSON for anything, a name in
    /// another case.
    /// </summary>
    private sealed record LooseInput(int Width, string Day, string Id, JsonElement Rest, Dictionary<string, int> Sizes);

    private sealed record LooseTaken(
        long Width,
        DayOfWeek Day,
        Guid Id,
        MailPage<int> Rest,
        LooseSizes Sizes,
        string Unit = "mm");

    private sealed record LooseSizes(int Least, int Most);

    private sealed record LooseTold(string Name);

    private sealed record LooseGiven(string Name, string Secret);

    private sealed record Tree<T>(T Size, IReadOnlyList<Tree<T>> Below);

    public sealed record Nothing;

    private abstract class Steps<TInput, TOutput> : WorkChain<TInput, TOutput, Nothing>
    {
        protected override void Define(OutlineBuilder outline) => outline.Delay(TimeSpan.FromSeconds(1));

        protected override TOutput CreateOutput() => throw new NotSupportedException();
    }

    [Process("contracts/mail")]
    private sealed class Mailing : Steps<MailTaken, Nothing>;

    [Process("contracts/mail")]
    private sealed class Unregistered(IDisposable missing) : Steps<MailTaken, Nothing>
    {
        public IDisposable Missing() => missing;
    }

    [Process("contracts/count")]
    private sealed class Counting : Steps<Nothing, CountGiven>;

    [Process("contracts/loose")]
    private sealed class Tolerant : Steps<LooseTaken, LooseGiven>;

    [Process("contracts/same")]
    private sealed class Same : Steps<Nothing, Nothing>;

    [Process("contracts/nested")]
    private sealed class Nested : Steps<Tree<int>, Nothing>;

    private sealed class SiloServices : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
