using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>Where a client looks for its cluster, as it says itself while it finds none.</summary>
public sealed class ClusterAddressTests
{
    private const string Configured = "Host=127.0.0.1;Port=1;Database=configured;Username=nobody;Password=geheim";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string?, Action<WorkflowClientOptions>?, string> Places =>
        new()
        {
            {
                "gateways",
                Configured,
                client => client.Gateways.Add(new IPEndPoint(IPAddress.Loopback, 1)),
                "the gateways 127.0.0.1:1"
            },
            {
                "data folder",
                Configured,
                client => client.DataFolder = "/does/not/exist",
                "the embedded silo of the data folder '/does/not/exist'"
            },
            {
                "connection string",
                Configured,
                client => client.ConnectionString = "Host=127.0.0.1;Port=1;Database=given;Password=geheim",
                "the cluster on PostgreSQL 127.0.0.1:1/given"
            },
            { "configuration", Configured, null, "the cluster on PostgreSQL 127.0.0.1:1/configured" },
        };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Client_WhateverIsConfigured_LooksWhereItIsTold(
        string place,
        string? configured,
        Action<WorkflowClientOptions>? configure,
        string expected)
    {
        var log = new LogLines();
        var builder = Builder(configured);
        builder.Logging.AddProvider(log);
        builder.AddWorkflowClient(configure);
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        var line = await log.FirstAsync("waits for its cluster")
            .WaitAsync(Limit, TestContext.Current.CancellationToken);

        line.ShouldContain(expected, customMessage: place);
        log.All.ShouldAllBe(static logged => !logged.Contains("geheim"));
        await host.StopAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Client_ToldSeveralPlaces_IsRefused()
    {
        var fault = Should.Throw<ArgumentException>(() =>
            Builder(null)
                .AddWorkflowClient(client => (client.DataFolder, client.ConnectionString) = ("a", Configured)));

        fault.Message.ShouldContain("set one of Gateways, ConnectionString and DataFolder");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=db;Database=x;Password=ge;heim=1")]
    [InlineData("Host=db;Password=geheim")]
    [InlineData("Database=x;Password=geheim")]
    [InlineData("Host=db;Database=x;Password=geheim;Port=150605")]
    public void ConnectionString_Faulty_IsRefusedAndNotShown(string connectionString)
    {
        var fault = Should.Throw<ArgumentException>(() => Builder(connectionString).AddWorkflowClient());

        fault.ToString().ShouldContain("Host=…;Database=…");
        fault.ToString().ShouldNotContain("heim");
    }

    [Theory]
    [InlineData("Host=one,two:5433", null)]
    [InlineData("Host=[::1]:5433,::1", null)]
    [InlineData("Host=/var/run/postgresql", null)]
    [InlineData("Host=one:0,two", "0")]
    [InlineData("Host=one,[::1]:65536", "65536")]
    [InlineData("Host=one:x", "x")]
    [InlineData("Host=one:", "")]
    public void Ports_OfEachServer_AreChecked(string hosts, string? refused)
    {
        var builder = Builder($"{hosts};Database=x");

        if (refused is null)
        {
            Should.NotThrow(() => builder.AddWorkflowClient());
        }
        else
        {
            Should
                .Throw<ArgumentException>(() => builder.AddWorkflowClient())
                .Message.ShouldContain($"names the port {refused}; a port is 1 to 65535.");
        }
    }

    [Theory]
    [InlineData("Host=one,two;Database=x", "primary")]
    [InlineData("Host=one,two;Database=x;Target Session Attributes=prefer-standby", "prefer-standby")]
    [InlineData("Host=one;Database=x;Target Session Attributes=primary", null)]
    public void Membership_OfSeveralServers_IsReadFromThePrimaryUnlessToldOtherwise(
        string connectionString, string? target)
    {
        var builder = Builder(connectionString);
        builder.AddWorkflowClient();
        using var host = builder.Build();

        var used = host.Services.GetRequiredService<IOptions<AdoNetClusteringClientOptions>>().Value.ConnectionString;

        new NpgsqlConnectionStringBuilder(used).TargetSessionAttributes.ShouldBe(target);
    }

    private static HostApplicationBuilder Builder(string? connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Workflows", connectionString)]);
        return builder;
    }
}
