using Orleans.Workflows.Silo;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>The stock silo's program, as far as it goes without a database: its commands, and options that are wrong.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("migrate")]
    [InlineData("adopt")]
    [InlineData("adopt", "--force")]
    [InlineData("--Workflows:OtlpEndpoint=collector:4318")]
    public void Program_WithWrongConfiguration_ExitsWith2(params string[] args) => Run(args).ShouldBe(2);

    [Theory]
    [InlineData("migrate")]
    [InlineData("adopt")]
    public void Command_DatabaseAway_ExitsWith1(string command) =>
        Run(command, "--ConnectionStrings:Workflows=Host=127.0.0.1;Port=1;Username=owf;Password=geheim;Database=owf").ShouldBe(1);

    private static int Run(params string[] args) => (int)typeof(WorkflowSiloOptions).Assembly.EntryPoint!.Invoke(null, [args])!;
}
