using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Silo.Hosting;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>A value that can be read, but as something else than anybody means, is a fault and no surprise.</summary>
public sealed class OddValueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("owf-values-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Workflows:Schema", "5", "Workflows:Schema is '5'; it must be Apply or Verify.")]
    [InlineData("Workflows:Schema", "1", "it must be Apply or Verify.")]
    [InlineData("Workflows:Schema", "Apply, Verify", "it must be Apply or Verify.")]
    [InlineData("Workflows:Engine:SupervisorTriggers", "1024", "SupervisorTriggers is '1024'; it must be of ")]
    [InlineData("Workflows", "1", "Workflows is '1', and is no option: it has options below it, such as Workflows:")]
    [InlineData("Workflows:Engine", "1", "Workflows:Engine is '1', and is no option: it has options below it")]
    [InlineData("Workflows:Engine:GracePeriod", "30", "GracePeriod is '30', which has no unit and would be days.")]
    [InlineData("Workflows:Engine:Supervisors", "0x10", "Workflows:Engine:Supervisors is '0x10', which cannot be read")]
    [InlineData("Workflows:HealthPort", "#ff", "Workflows:HealthPort is '#ff', which cannot be read")]
    public void Value_ThatWouldBeMisread_IsAFault(string key, string value, string fault)
    {
        var message = Should.Throw<SiloConfigurationException>(() => Read((key, value))).Message;

        message.ShouldContain("1 fault(s)");
        message.ShouldContain(fault);
    }

    [Theory]
    [InlineData("Workflows:Schema", "verify")]
    [InlineData("Workflows:Engine:SupervisorTriggers", "Startup, membership")]
    [InlineData("Workflows:Engine:GracePeriod", "00:00:30")]
    [InlineData("Workflows:Engine:Supervisors", " 4 ")]
    [InlineData("Workflows", "")]
    public void Value_AsItIsMeant_IsTaken(string key, string value)
    {
        using var folder = Read((key, value)).Folder;

        folder.ShouldNotBeNull();
    }

    private SiloConfiguration Read((string Key, string Value) setting)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Workflows:DataFolder"] = _folder,
            ["Workflows:SiloPort"] = "0",
            ["Workflows:GatewayPort"] = "0",
            ["Workflows:HealthPort"] = "0",
            [setting.Key] = setting.Value,
        });
        return SiloConfiguration.Read(builder, configure: null);
    }
}
