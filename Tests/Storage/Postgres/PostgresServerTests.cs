using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Workflows.Shared.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>The server that all tests on PostgreSQL share is what they take it for.</summary>
/// <param name="fixture">Has the server.</param>
public sealed class PostgresServerTests(PostgresFixture fixture)
{
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_Fresh_IsUtf8WithoutLocaleAndDurable()
    {
        var database = await fixture.CreateDatabaseAsync(nameof(PostgresServerTests));

        (
            await Sql.ReadAsync(
                database,
                "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate || ' ' || datctype FROM pg_database WHERE "
                + "datname = current_database()")
        ).ShouldBe("UTF8 C C");
        (
            await Sql.ReadAsync(
                database,
                "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit') || ' ' || "
                + "current_setting('full_page_writes')")
        ).ShouldBe("on on on");
    }

    [Fact]
    public async Task Server_Running_ListensOnLoopbackAlone()
    {
        var server = await fixture.GetServerAsync();

        ListeningAddresses(server.Port).ShouldBe(["0100007F"]);
        File.Exists(Path.Combine(server.Folder, $".s.PGSQL.{server.Port}")).ShouldBeTrue();
        (await Sql.ReadAsync(server.ConnectionString("postgres"), "SHOW unix_socket_directories")).ShouldBe(
            server.Folder);
    }

    [Fact]
    public async Task Server_Running_IsNotRootAndKeepsItsFilesToItself()
    {
        var server = await fixture.GetServerAsync();

        var status = await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", Token);
        var users = status.Single(static line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1..];
        var groups = status.Single(static line => line.StartsWith("Groups:", StringComparison.Ordinal));

        users.ShouldAllBe(static user => user != "0");
        groups.Split([' ', '\t']).ShouldNotContain("0");
        new DirectoryInfo(server.Folder).UnixFileMode.ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Server_Stopped_IsStartedAgainWithItsData()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var database = await server.CreateDatabaseAsync("kept", cancellationToken: Token);
        await Sql.RunAsync(database, "CREATE TABLE t (x int)");
        var (port, first) = (server.Port, server.ProcessId);

        foreach (var stop in (PostgresStop[])[PostgresStop.Fast, PostgresStop.Immediate])
        {
            await Sql.RunAsync(database, "INSERT INTO t VALUES (1)");
            await server.StopAsync(stop);
            await Should.ThrowAsync<NpgsqlException>(() => Sql.RunAsync(database, "SELECT 1"));
            await server.StartAgainAsync(Token);
        }

        (await Sql.ReadAsync(database, "SELECT count(*)::text FROM t")).ShouldBe("2");
        server.Port.ShouldBe(port);
        server.ProcessId.ShouldNotBe(first);
    }

    [Fact]
    public async Task Server_WithSettings_HasThem_BesideAnother()
    {
        await using var quick = await PostgresServer.StartAsync(
            new PostgresServerOptions { Settings = ["fsync=off", "max_connections=17"] },
            Token);
        var shared = await fixture.GetServerAsync();

        (
            await Sql.ReadAsync(
                quick.ConnectionString("postgres"),
                "SELECT current_setting('fsync') || ' ' || current_setting('max_connections')")
        ).ShouldBe("off 17");
        (await Sql.ReadAsync(shared.ConnectionString("postgres"), "SHOW data_directory")).ShouldNotBe(
            await Sql.ReadAsync(quick.ConnectionString("postgres"), "SHOW data_directory"));
    }

    [Fact]
    public async Task Port_Taken_AnotherIsProposed()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var occupied = ((IPEndPoint)taken.LocalEndpoint).Port;
        var usual = new PostgresServerOptions().NextPort;
        var proposals = 0;

        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { NextPort = () => proposals++ == 0 ? occupied : usual() },
            Token);

        proposals.ShouldBeGreaterThan(1);
        server.Port.ShouldNotBe(occupied);
        (await Sql.ReadAsync(server.ConnectionString("postgres"), "SHOW port")).ShouldBe(
            server.Port.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Setting_Unknown_FailsWithTheLog()
    {
        var start = () =>
            PostgresServer.StartAsync(new PostgresServerOptions { Settings = ["no_such_setting=1"] }, Token);

        (await Should.ThrowAsync<InvalidOperationException>(start)).Message.ShouldContain(
            "unrecognized configuration parameter \"no_such_setting\"");
    }

    [Fact]
    public async Task Binaries_Missing_NamesWhatToInstall()
    {
        var start = () =>
            PostgresServer.StartAsync(new PostgresServerOptions { SearchPath = ["/nonexistent/bin"] }, Token);

        var message = (await Should.ThrowAsync<FileNotFoundException>(start)).Message;
        message.ShouldContain("the Debian package 'postgresql'");
        message.ShouldContain("./test.sh");
        message.ShouldContain("/nonexistent/bin");
        (await fixture.GetServerAsync()).BinaryPath("pgbench").ShouldEndWith("/pgbench");
    }

    [Fact]
    public async Task Connections_Terminated_AreGone_AndOthersStay()
    {
        var server = await fixture.GetServerAsync();
        var ended = await server.CreateDatabaseAsync("terminated", cancellationToken: Token);
        var other = await server.CreateDatabaseAsync("spared", cancellationToken: Token);
        await using var first = await Sql.OpenAsync(ended);
        await using var second = await Sql.OpenAsync(ended);
        await using var spared = await Sql.OpenAsync(other);

        (await server.TerminateBackendsAsync("terminated", Token)).ShouldBe(2);

        (await Should.ThrowAsync<PostgresException>(() => Sql.RunAsync(first, "SELECT 1"))).SqlState.ShouldBe(
            PostgresErrorCodes.AdminShutdown);
        await Sql.RunAsync(spared, "SELECT 1");
        await server.DropDatabaseAsync("spared", Token);
        await server.DropDatabaseAsync("terminated", Token);
        (
            await Sql.ReadAsync(
                server.ConnectionString("postgres"),
                "SELECT count(*)::text FROM pg_database WHERE datname IN ('spared', 'terminated')")
        ).ShouldBe("0");
    }

    [Fact]
    public async Task Template_Copied_EachCopyHasTheSchemaAndItsOwnRows()
    {
        var server = await fixture.GetServerAsync();
        var template = await PostgresTemplate.CreateAsync(
            server,
            "template_of_test",
            static database => Sql.RunAsync(database, "CREATE TABLE t (x int)"),
            Token);

        var copies = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => template.CopyAsync(new string('n', 80), Token)));
        await Sql.RunAsync(copies[0], "INSERT INTO t VALUES (1)");

        copies.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        (
            await Task.WhenAll(copies.Select(static copy => Sql.ReadAsync(copy, "SELECT count(*)::text FROM t")))
        ).ShouldBe(["1", "0", "0"]);
    }

    // The kernel writes each address as a number of the machine's byte order, and 0A is the state of a listening
    // socket.
    private static string[] ListeningAddresses(int port) =>
    [
        .. SocketTables
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
            .Select(static fields => fields[1].Split(':')[0]),
    ];
}
