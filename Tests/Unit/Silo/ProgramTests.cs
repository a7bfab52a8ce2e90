using Microsoft.Extensions.Hosting;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>
/// The stock silo's program, as far as it goes without a database: its commands, and options that are wrong.
/// </summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("migrate")]
    [InlineData("adopt")]
    [InlineData("adopt", "--force")]
    [InlineData("--Workflows:OtlpEndpoint=collector:4318")]
    [InlineData("--Workflows:HealtPort=0")]
    [InlineData("migrat")]
    [InlineData("migrate", "now")]
    [InlineData("--HealthPort=0")]
    public void Program_WithWrongConfiguration_ExitsWith2(params string[] args) => Run(args).ShouldBe(2);

    [Fact]
    public void Program_WithWrongArgumentsAndWrongOptions_NamesBothAtOnce()
    {
        var error = Console.Error;
        using var heard = new StringWriter();
        Console.SetError(heard);
        try
        {
            Run("--HealthPort=1", "--Workflows:OtlpEndpoint=collector:4318", "foo").ShouldBe(2);
        }
        finally
        {
            Console.SetError(error);
        }

        heard.ToString().ShouldSatisfyAllConditions(
            static text => text.ShouldContain("'--HealthPort' is no argument of a silo."),
            static text => text.ShouldContain("'foo' is no argument of a silo."),
            static text => text.ShouldContain("Workflows:OtlpEndpoint is 'collector:4318'; it must be an address"));
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("adopt")]
    public void Command_DatabaseAway_ExitsWith1(string command) => Run(command, Away).ShouldBe(1);

    [Theory]
    [InlineData("--help")]
    [InlineData("migrate", "-h")]
    public void Help_IsNoFault(params string[] args) => Run(args).ShouldBe(0);

    [Theory]
    [InlineData("migrate")]
    [InlineData("adopt", "--force")]
    public async Task Command_InAHostOfOnesOwn_IsRunByOneCall(params string[] command)
    {
        string[] args = [.. command, Away];
        var builder = Host.CreateApplicationBuilder(args);

        (await builder.RunWorkflowCommandAsync(args)).ShouldBe(
            1,
            "the database is away, so the connection string was read");
    }

    [Fact]
    public async Task Arguments_OfAHostOfOnesOwn_AreItsOwn() =>
        (await Host.CreateApplicationBuilder().RunWorkflowCommandAsync(["--mine", "migrate"])).ShouldBeNull();

    private const string Away =
        "--ConnectionStrings:Workflows=Host=127.0.0.1;Port=1;Username=owf;Password=geheim;Database=owf";

    private static int Run(params string[] args) =>
        (int)typeof(WorkflowSiloOptions).Assembly.EntryPoint!.Invoke(null, [args])!;
}
