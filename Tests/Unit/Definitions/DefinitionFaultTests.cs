using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Definition classes with faults, and those that only look as if they had.</summary>
public sealed class DefinitionFaultTests
{
    [Theory]
    [InlineData(typeof(Unnamed), "it has no name")]
    [InlineData(typeof(Blank), "it has no name")]
    [InlineData(typeof(Chain), "it must be a concrete class")]
    [InlineData(typeof(MutableField), "'_count' can change")]
    [InlineData(typeof(MutableProperty), "'Count' can change")]
    [InlineData(typeof(InheritsMutable), "'Count' can change")]
    [InlineData(typeof(TwoConstructors), "it has 2 public constructors")]
    [InlineData(typeof(NoConstructor), "it has 0 public constructors")]
    [InlineData(typeof(UnwritableInput), "cannot be written as JSON")]
    [InlineData(typeof(RetryOfTheConstructor), "cannot be read")]
    [InlineData(typeof(VersionZero), "ersion")]
    [InlineData(typeof(LongName), "200")]
    public void Definition_WithAFault_NamesIt(Type type, string fault) =>
        OutlineWalk
            .Faults(type)
            .ShouldContain(text =>
                text.StartsWith($"{type.Name}: ", StringComparison.Ordinal)
                && text.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData(typeof(ReadonlyField))]
    [InlineData(typeof(InitProperty))]
    [InlineData(typeof(OptionalParameter))]
    public void Definition_WithoutAFault_IsMade(Type type) => OutlineWalk.Sound(type).Class.ShouldBe(type);

    [Fact]
    public void ConstructorParameter_ThatIsCaptured_IsNoMutableField()
    {
        var services = new ServiceCollection().AddSingleton<ILedger, Ledger>().BuildServiceProvider();
        var faults = new List<string>();

        var definition = Grains.Definitions.DefinitionFactory.Create(
            typeof(NeedsLedger),
            services.GetRequiredService<IServiceProviderIsService>(),
            faults);

        faults.ShouldBeEmpty();
        definition!.Create(services).ShouldBeOfType<NeedsLedger>();
    }

    [Fact]
    public void Service_ThatIsNotRegistered_IsAFault()
    {
        var services = new ServiceCollection().BuildServiceProvider();

        OutlineWalk
            .Faults(typeof(NeedsLedger), services.GetRequiredService<IServiceProviderIsService>())
            .ShouldHaveSingleItem()
            .ShouldBe(
                "NeedsLedger: its constructor needs ILedger, which is not registered; add it to the host's services.");
    }

    [Fact]
    public void Definition_WithFaultsOfEveryKind_NamesThemTogether() =>
        OutlineWalk.Faults(typeof(Everything)).Count.ShouldBe(4);

    private interface ILedger
    {
        string Name { get; }
    }

    private sealed class Ledger : ILedger
    {
        public string Name => "ledger";
    }

    private class Sound : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }

    private sealed class Unnamed : Sound;

    [Process(" ")]
    private sealed class Blank : Sound;

    [Process("f", Version = 0)]
    private sealed class VersionZero : Sound;

    [Process(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    )]
    private sealed class LongName : Sound;

    [Process("f")]
    private sealed class MutableField : Sound
    {
        private int _count;

        public int Next() => ++_count;
    }

    private abstract class WithCount : Sound
    {
        public int Count { get; set; }
    }

    [Process("f")]
    private sealed class MutableProperty : Sound
    {
        public int Count { get; set; }
    }

    [Process("f")]
    private sealed class InheritsMutable : WithCount;

    [Process("f")]
    private sealed class ReadonlyField : Sound
    {
        private readonly List<int> _primes = [2, 3];

        public int First() => _primes[0];
    }

    [Process("f")]
    private sealed class InitProperty : Sound
    {
        public int Count { get; init; } = 3;
    }

    [Process("f")]
    private sealed class OptionalParameter(int most = 3) : Sound
    {
        public int Most() => most;
    }

    [Process("f")]
    private sealed class NeedsLedger(ILedger ledger) : Sound
    {
        public string Name() => ledger.Name;
    }

    [Process("f")]
    private sealed class TwoConstructors : Sound
    {
        public TwoConstructors()
        {
        }

        public TwoConstructors(TimeProvider time) => ArgumentNullException.ThrowIfNull(time);
    }

    [Process("f")]
    private sealed class NoConstructor : Sound
    {
        private NoConstructor()
        {
        }

        public static NoConstructor Make() => new();
    }

    [Process("f")]
    private sealed class RetryOfTheConstructor(ILedger ledger) : Sound
    {
        protected override RetryPolicy Retry => RetryPolicy.Fixed(ledger.Name.Length, TimeSpan.Zero);
    }

    [Process("f")]
    private sealed class UnwritableInput : WorkChain<TwoWays, Nothing, Trail>
    {
        protected override Nothing CreateOutput() => new();

        protected override void Define(OutlineBuilder outline) => outline.Delay(TimeSpan.FromSeconds(1));
    }

    private sealed record TwoWays
    {
        [System.Text.Json.Serialization.JsonPropertyName("a")]
        public int One { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("a")]
        public int Two { get; init; }
    }

    private sealed class Everything : Chain
    {
        private int _count;

        public Everything(ILedger ledger) => ArgumentNullException.ThrowIfNull(ledger);

        public Everything() => _count++;

        public int Count() => _count;

        protected override void Define(OutlineBuilder outline) => outline.Step(A).Step(A);
    }
}
