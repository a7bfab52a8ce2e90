using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Workflows.Silo.Hosting;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>
/// What the connection string 'Workflows' makes of a silo, as far as it can be told without a database.
/// </summary>
public sealed class ClusterMemberTests : IDisposable
{
    private const string Database = "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=geheim";

    private readonly string _folder = Directory.CreateTempSubdirectory("owf-member-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("Host=db;Database=x;Password=ge;heim=1", "cannot be read")]
    [InlineData("Host=db;Database=x;Port=geheim", "cannot be read")]
    [InlineData("Database=x;Password=geheim", "names no Host")]
    [InlineData("Host=db;Password=geheim", "names no Database")]
    [InlineData("Host=db;Database=x;Password=geheim;Multiplexing=true", "sets Multiplexing")]
    [InlineData("Host=db;Database=x;Password=geheim;Port=150605", "names the port 150605")]
    [InlineData("Host=db:150605;Database=x;Password=geheim", "names the port 150605")]
    [InlineData("Host=one,two:0;Database=x;Password=geheim", "names the port 0")]
    [InlineData("Host=[::1]:70000;Database=x;Password=geheim", "names the port 70000")]
    [InlineData("Host=db:x;Database=x;Password=geheim", "names the port x")]
    [InlineData("Host=db;Database=x;Password=geheim;Client Encoding=LATIN1", "sets an Encoding or a Client Encoding")]
    [InlineData("Host=db;Database=x;Password=geheim;Encoding=iso-8859-1", "sets an Encoding or a Client Encoding")]
    [InlineData(
        "Host=one,two;Database=x;Password=geheim;Target Session Attributes=prefer-standby",
        "sets Target Session Attributes to prefer-standby")]
    [InlineData("Host=db;Database=x;Password=geheim;Minimum Pool Size=9;Maximum Pool Size=3", "do not go together")]
    [InlineData("Host=db;Database=x;Password=geheim;SSL Negotiation=Direct;SSL Mode=Disable", "do not go together")]
    public void ConnectionString_Faulty_IsNamedWithItsRemedyAndNotShown(string connectionString, string fault)
    {
        var message = Should.Throw<SiloConfigurationException>(() => Read(connectionString)).Message;

        message.ShouldContain("ConnectionStrings:Workflows ");
        message.ShouldContain(fault);
        message.ShouldContain("Host=…;Database=…;Username=…;Password=…");
        message.ShouldNotContain("heim");
    }

    [Theory]
    [InlineData("Host=db;Database=x;Password=geheim;Multiplexing=true;Port=150605", "Multiplexing", "150605")]
    [InlineData("Host=db:65536;Database=x;Password=geheim;Multiplexing=true", "Multiplexing", "65536")]
    public async Task Commands_ConnectionStringFaulty_AreWrongConfigurationWithEveryFault(
        string connectionString, params string[] faults)
    {
        var configuration = Builder(connectionString, "Production").Configuration;
        foreach (
            var command in (Func<TextWriter, Task<int>>[])
                [
                    error => MigrateCommand.RunAsync(configuration, TextWriter.Null, error, CancellationToken.None),
                    error =>
                        AdoptCommand.RunAsync(
                            configuration,
                            force: false,
                            TextWriter.Null,
                            error,
                            CancellationToken.None),
                ])
        {
            using var error = new StringWriter();

            (await command(error)).ShouldBe(2);

            faults.ShouldAllBe(fault => error.ToString().Contains(fault));
            error.ToString().ShouldNotContain("geheim");
        }
    }

    [Theory]
    [InlineData("Host=db;Database=x")]
    [InlineData("Host=db:5433;Database=x;Target Session Attributes=primary")]
    [InlineData("Host=one,two:5433,[::1]:5434;Database=x;Target Session Attributes=read-write")]
    [InlineData("Host=/var/run/postgresql;Database=x;Encoding=utf-8;Client Encoding=UTF8")]
    public void ConnectionString_ThatCanBeUsed_HasNoFault(string connectionString) =>
        Read(connectionString).ConnectionString.ShouldBe(connectionString);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("silo-1.example")]
    [InlineData("192.0.2.77")]
    public void Address_ThatOthersCannotReach_IsAFault(string address) =>
        Should
            .Throw<SiloConfigurationException>(() => Read(Database, ("Address", address)))
            .Message.ShouldContain($"Workflows:Address is '{address}'");

    [Fact]
    public void SiloName_TooLong_IsAFault() =>
        Should
            .Throw<SiloConfigurationException>(() => Read(Database, ("SiloName", new string('x', 151))))
            .Message.ShouldContain("Workflows:SiloName has 151 characters");

    [Fact]
    public void Faults_OfOptionsAndConnectionString_AreNamedTogether()
    {
        var fault = Should.Throw<SiloConfigurationException>(() =>
            Read("", ("Address", "0.0.0.0"), ("GatewayPort", "70000"), ("Engine:Supervisors", "0")));

        fault.Message.ShouldContain("4 fault(s)");
    }

    [Theory]
    [InlineData(null, "Production", StoreSchema.Apply)]
    [InlineData(Database, "Production", StoreSchema.Verify)]
    [InlineData(Database, "Development", StoreSchema.Apply)]
    public void Schema_Unset_IsAppliedWhereNobodyElseDoes(
        string? connectionString,
        string environment,
        StoreSchema expected)
    {
        var configuration = Read(connectionString, environment);
        using var folder = configuration.Folder;

        configuration.Schema.ShouldBe(expected);
    }

    [Fact]
    public void Schema_Set_IsAsSet()
    {
        Read(Database, ("Schema", "Apply")).Schema.ShouldBe(StoreSchema.Apply);
        Should
            .Throw<SiloConfigurationException>(() => Read(Database, ("Schema", "Maybe")))
            .Message.ShouldContain("Workflows:Schema is 'Maybe'");
    }

    [Fact]
    public void Member_TakesNoDataFolder()
    {
        Read(Database).Folder.ShouldBeNull();

        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void Member_Composed_HasItsEndpointsAndTheTimingsOfTheCluster()
    {
        var builder = Builder(
            Database,
            "Production",
            ("Address", "127.0.0.2"),
            ("SiloName", "alpha"),
            ("ClusterId", "red"));
        builder.AddWorkflowSilo();
        using var host = builder.Build();

        var membership = host.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
        (membership.ProbeTimeout * membership.NumMissedProbesLimit).ShouldBeLessThanOrEqualTo(
            TimeSpan.FromSeconds(10),
            "a dead silo is found out soon");
        (membership.IAmAliveTablePublishTimeout * membership.NumMissedTableIAmAliveLimit).ShouldBeLessThanOrEqualTo(
            TimeSpan.FromSeconds(20),
            "a cluster killed whole runs again soon");
        host.Services.GetRequiredService<IOptions<SiloMessagingOptions>>()
            .Value.ResponseTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        host.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId.ShouldBe("red");
        var details = host.Services.GetRequiredService<ILocalSiloDetails>();
        details.Name.ShouldBe("alpha");
        details.SiloAddress.Endpoint.Address.ShouldBe(IPAddress.Parse("127.0.0.2"));
    }

    [Fact]
    public async Task Migrate_WithoutConnectionString_IsWrongConfiguration()
    {
        using var error = new StringWriter();

        (
            await MigrateCommand.RunAsync(
                new ConfigurationBuilder().Build(),
                TextWriter.Null,
                error,
                CancellationToken.None)
        ).ShouldBe(2);

        error.ToString().ShouldContain("ConnectionStrings__Workflows");
    }

    [Fact]
    public async Task Migrate_DatabaseAway_FailsWithoutShowingThePassword()
    {
        using var error = new StringWriter();

        (
            await MigrateCommand.RunAsync(
                Builder(Database, "Production").Configuration,
                TextWriter.Null,
                error,
                CancellationToken.None)
        ).ShouldBe(1);

        error.ToString().ShouldContain("127.0.0.1:1");
        error.ToString().ShouldNotContain("geheim");
    }

    [Fact]
    public async Task Adopt_DatabaseAway_FailsWithoutShowingThePassword()
    {
        using var error = new StringWriter();

        (
            await AdoptCommand.RunAsync(
                Builder(Database, "Production").Configuration,
                force: false,
                TextWriter.Null,
                error,
                CancellationToken.None)
        ).ShouldBe(1);

        error.ToString().ShouldContain("127.0.0.1:1");
        error.ToString().ShouldNotContain("geheim");
    }

    private SiloConfiguration Read(string? connectionString, params (string Option, string Value)[] options) =>
        Read(connectionString, "Production", options);

    private SiloConfiguration Read(
        string? connectionString,
        string environment,
        params (string Option, string Value)[] options
    ) => SiloConfiguration.Read(Builder(connectionString, environment, options), configure: null);

    private HostApplicationBuilder Builder(
        string? connectionString,
        string environment,
        params (string Option, string Value)[] options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:Workflows"] = connectionString,
                ["Workflows:DataFolder"] = _folder,
                ["Workflows:SiloPort"] = "0",
                ["Workflows:GatewayPort"] = "0",
                ["Workflows:HealthPort"] = "0",
            });
        builder.Configuration.AddInMemoryCollection(
            options.ToDictionary(
                static option => $"Workflows:{option.Option}",
                static option => (string?)option.Value));
        return builder;
    }
}
