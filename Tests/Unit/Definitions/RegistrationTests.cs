using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>What a silo says to the definitions and options that it is given.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void Registry_OfSoundDefinitions_FindsThemByName()
    {
        var registry = Registry(static workflows => workflows.AddProcess<One>().AddProcess<One>());

        registry.Names.ShouldBe(["one"]);
        registry.Find("one")!.Class.ShouldBe(typeof(One));
        registry.Find("One").ShouldBeNull();
    }

    [Fact]
    public void Registry_OfFaultyDefinitions_ReportsAllFaultsTogether()
    {
        var e = Should.Throw<InvalidDefinitionsException>(() =>
            Registry(static workflows =>
                workflows.AddProcess<One>().AddProcess<AlsoOne>().AddProcess<Unnamed>().AddProcess<NeedsClock>()));

        e.Faults.ShouldBe(
        [
            "Unnamed: it has no name; put [Process(\"…\")] on the class.",
            "NeedsClock: its constructor needs IClock, which is not registered; add it to the host's services.",
            "One and AlsoOne: they have the same name 'one'; rename one.",
        ]);
        e.Faults.ShouldAllBe(fault => e.Message.Contains(fault));
    }

    /// <summary>What classes are to each other does not wait until each is sound.</summary>
    [Fact]
    public void Registry_OfFaultyDefinitions_ReportsNamesThatTheyShareWithTheirFaults()
    {
        var e = Should.Throw<InvalidDefinitionsException>(() =>
            Registry(static workflows => workflows.AddProcess<One>().AddProcess<OneWithoutAClock>()));

        e.Faults.ShouldBe(
        [
            "OneWithoutAClock: its constructor needs IClock, which is not registered; add it to the host's services.",
            "One and OneWithoutAClock: they have the same name 'one'; rename one.",
        ]);
    }

    /// <summary>Whatever of an author's code throws, the rest is still checked.</summary>
    [Fact]
    public void Definitions_WhoseOwnCodeThrows_HideNoFaultsOfOthers()
    {
        var e = Should.Throw<InvalidDefinitionsException>(() =>
            Registry(static workflows =>
                workflows
                    .AddProcess<ThrowsInDefine>()
                    .AddProcess<ThrowsInItsClass>()
                    .AddProcess<ThrowsInAnAttribute>()
                    .AddProcess<Unnamed>()));

        e.Faults.ShouldBe(
        [
            "ThrowsInDefine: its definition cannot be read: Not now. Define and Configure run before the constructor "
            + "and may only name methods.",
            "ThrowsInItsClass: its class cannot be read: Not here.",
            "ThrowsInAnAttribute: inputs.text: its attributes cannot be made: Not like this.",
            "ThrowsInAnAttribute: inputs.code: its attributes cannot be made: Not like this.",
            "Unnamed: it has no name; put [Process(\"…\")] on the class.",
        ]);
    }

    [Fact]
    public void Options_OutOfTheirBounds_AreReportedTogether()
    {
        var services = Services(static workflows => workflows.Configure(static options =>
        {
            options.Supervisors = 0;
            options.GracePeriod = TimeSpan.FromHours(1);
            options.Retention = TimeSpan.FromMinutes(1);
        }));

        var e = Should.Throw<OptionsValidationException>(() =>
            services.GetRequiredService<IOptions<WorkflowOptions>>().Value);

        e.Failures.Count().ShouldBe(3);
        e.Message.ShouldContain("Workflows:Engine:Supervisors is 0; it must be between 1 and 256.");
    }

    [Fact]
    public void Options_WhoseIdleTimeoutIsNotShorterThanTheReminderPeriod_AreRefused()
    {
        var services = Services(static workflows => workflows.Configure(static options =>
        {
            options.IdleTimeout = TimeSpan.FromMinutes(2);
            options.ReminderPeriod = TimeSpan.FromMinutes(1);
        }));

        Should
            .Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<WorkflowOptions>>().Value)
            .Message.ShouldContain("IdleTimeout");
    }

    [Fact]
    public void Options_ByDefault_AreSound() =>
        Should.NotThrow(() => Services(static _ => { }).GetRequiredService<IOptions<WorkflowOptions>>().Value);

    private static DefinitionRegistry Registry(Action<WorkflowsBuilder> configure) =>
        Services(configure).GetRequiredService<DefinitionRegistry>();

    private static ServiceProvider Services(Action<WorkflowsBuilder> configure)
    {
        var silo = new SiloServices();
        silo.AddWorkflows(configure);
        return silo.Services.BuildServiceProvider();
    }

    private interface IClock;

    private sealed class SiloServices : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }

    [Process("one")]
    private sealed class One : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }

    [Process("one")]
    private sealed class AlsoOne : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }

    private sealed class Unnamed : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }

    [Process("define")]
    private sealed class ThrowsInDefine : Chain
    {
        protected override void Define(OutlineBuilder outline) => throw new InvalidOperationException("Not now.");
    }

    [Process("class")]
    private sealed class ThrowsInItsClass : Chain
    {
        private static readonly int Length = Made();

        static ThrowsInItsClass()
        {
        }

        protected override void Define(OutlineBuilder outline) => outline.Step(A, id: $"{Length}");

        private static int Made() => throw new InvalidOperationException("Not here.");
    }

    [Process("attribute")]
    private sealed class ThrowsInAnAttribute : WorkChain<Named, Nothing, Nothing>
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);

        private Task A(StepContext step) => Task.CompletedTask;
    }

    private sealed record Named([property: Unmakable] string? Text = null, [property: Unmakable] string? Code = null);

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class UnmakableAttribute : ValidationAttribute
    {
        public UnmakableAttribute() => throw new NotSupportedException("Not like this.");
    }

    [Process("one")]
    private sealed class OneWithoutAClock(IClock clock) : Chain
    {
        public IClock Clock() => clock;

        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }

    [Process("clock")]
    private sealed class NeedsClock(IClock clock) : Chain
    {
        public IClock Clock() => clock;

        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }
}
