using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Silo.Hosting;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>
/// A key or an argument that no silo knows would be a default in silence: it is refused, with the nearest that there
/// is.
/// </summary>
public sealed class UnknownKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("owf-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Workflows:HealtPort", "Workflows:HealthPort (Workflows__HealthPort in the environment)")]
    [InlineData("Workflows:Port", "Workflows:SiloPort")]
    [InlineData(
        "Workflows:GracePeriod",
        "Workflows:Engine:GracePeriod (Workflows__Engine__GracePeriod in the environment)"
    )]
    [InlineData("Workflows:Engine:HealthPort", "Workflows:HealthPort")]
    [InlineData("Workflows:Engine:Retenton", "Workflows:Engine:Retention")]
    [InlineData("Workflows:Engin:Retention", "Workflows:Engine")]
    public void Key_Unknown_IsAFaultThatNamesTheNearest(string key, string nearest)
    {
        var fault = Should.Throw<SiloConfigurationException>(() => Read((key, "1"))).Message;

        fault.ShouldContain("1 fault(s)");
        fault.ShouldContain($"{key.Replace(":Retention", "", StringComparison.Ordinal)}", Case.Sensitive);
        fault.ShouldContain($"is no option of a silo. The nearest is {nearest}");
    }

    [Fact]
    public void Key_BelowAnOption_IsAFault() =>
        Should
            .Throw<SiloConfigurationException>(() => Read(("Workflows:HealthPort:Value", "1")))
            .Message.ShouldContain(
                "Workflows:HealthPort:Value is no option of a silo: Workflows:HealthPort is one value.");

    [Fact]
    public void Keys_Unknown_AreReportedWithTheOtherFaults()
    {
        var fault = Should
            .Throw<SiloConfigurationException>(() =>
                Read(("Workflows:HealtPort", "1"), ("Workflows:SiloPort", "99999"), ("Workflows:Engine:Idle", "1")))
            .Message;

        fault.ShouldContain("3 fault(s)");
    }

    [Fact]
    public void Keys_OfEveryOptionInAnyCase_AreKnown()
    {
        using var folder = Read(("workflows:healthport", "0"), ("WORKFLOWS:ENGINE:SUPERVISORS", "4")).Folder;

        folder.ShouldNotBeNull();
        SiloKeys.All.Count.ShouldBe(SiloKeys.All.Distinct().Count());
    }

    [Theory]
    [InlineData("migrat", "'migrat' is no argument of a silo. The nearest is 'migrate'")]
    [InlineData("--force", "'--force' is in the wrong place")]
    [InlineData("--Workflows:SiloPort=0 migrate", "'migrate' is in the wrong place")]
    [InlineData(
        "--HealthPort=9000",
        "'--HealthPort' is no argument of a silo. The nearest is '--Workflows:HealthPort'"
    )]
    [InlineData("HealthPort=9000", "'HealthPort' is no argument of a silo. The nearest is '--Workflows:HealthPort'")]
    [InlineData(
        "--Workflow:HealthPort=9000",
        "'--Workflow:HealthPort' is no argument of a silo. The nearest is '--Workflows:HealthPort'"
    )]
    [InlineData(
        "--ConnectionString:Workflows=Host=db",
        "'--ConnectionString:Workflows' is no argument of a silo. The nearest is '--ConnectionStrings:Workflows'"
    )]
    [InlineData(
        "--enviroment=Development",
        "'--enviroment' is no argument of a silo. The nearest is '--environment'"
    )]
    [InlineData("--Workflows:HealthPort", "'--Workflows:HealthPort' has no value.")]
    public void Argument_Unknown_IsAFaultThatNamesTheNearest(string arg, string fault) =>
        SiloArguments.Read(arg.Split(' ')).FindFaults().ShouldHaveSingleItem().ShouldStartWith(fault);

    [Theory]
    [InlineData]
    [InlineData("migrate")]
    [InlineData("adopt", "--force", "--Workflows:ClusterId=blue")]
    [InlineData("--Workflows:HealthPort=9000", "--Workflows:SiloPort", "0", "/Workflows:GatewayPort=0")]
    [InlineData("--environment", "Development", "Logging:LogLevel:Default=Warning", "--OTEL_SERVICE_NAME=x")]
    public void Arguments_OfTheConfigurationOrACommand_AreKnown(params string[] args) =>
        SiloArguments.Read(args).FindFaults().ShouldBeEmpty();

    private SiloConfiguration Read(params (string Key, string Value)[] options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Workflows:DataFolder"] = _folder,
                ["Workflows:SiloPort"] = "0",
                ["Workflows:GatewayPort"] = "0",
                ["Workflows:HealthPort"] = "0",
            });
        builder.Configuration.AddInMemoryCollection(
            options.ToDictionary(static option => option.Key, static option => (string?)option.Value));
        return SiloConfiguration.Read(builder, configure: null);
    }
}
