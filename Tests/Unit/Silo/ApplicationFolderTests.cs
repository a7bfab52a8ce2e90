using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>
/// Silos without configuration, as programs of their own: each application has a folder, and owf finds the one that
/// runs.
/// </summary>
public sealed class ApplicationFolderTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _user = Directory.CreateTempSubdirectory("owf-user-").FullName;
    private readonly List<OsProcess> _started = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folders => Path.Combine(_user, "orleans-workflows");

    public void Dispose()
    {
        foreach (var program in _started)
        {
            program.Kill();
            program.WaitForExit();
            program.Dispose();
        }

        Directory.Delete(_user, recursive: true);
    }

    [Fact]
    public async Task TwoApplications_HaveAFolderEach_AndOwfFindsTheOneThatRuns()
    {
        (await OwfAsync()).ShouldBe((4, $"No silo runs on this machine with a data folder below '{Folders}'."));
        var one = await StartSiloAsync("one");
        (await OwfAsync()).Code.ShouldBe(0);

        await StartSiloAsync("two");
        var several = await OwfAsync();
        several.Code.ShouldBe(2);
        several.Error.ShouldStartWith("2 silos run on this machine.");
        Directory.GetFiles(Path.Combine(Folders, "one"), "*.db").Length.ShouldBe(2);
        Directory.GetFiles(Path.Combine(Folders, "two"), "*.db").Length.ShouldBe(2);

        one.Kill();
        await one.WaitForExitAsync(Token);
        (await OwfAsync()).Code.ShouldBe(0, "the one that was killed is there no more");
    }

    [Fact]
    public async Task DatabaseOfAnEarlierVersion_IsNeitherTakenNorForgotten()
    {
        Directory.CreateDirectory(Folders);
        var former = Path.Combine(Folders, "processes.db");
        await File.WriteAllTextAsync(former, "", Token);
        var silo = Start("Orleans.Workflows.Silo.dll", "one");
        _started.Add(silo);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Limit);

        var error = await silo.StandardError.ReadToEndAsync(limit.Token);
        await silo.WaitForExitAsync(limit.Token);

        silo.ExitCode.ShouldBe(2);
        error.ShouldContain($"'{Folders}' has the database");
        error.ShouldContain($"move its files to '{Path.Combine(Folders, "one")}'");
        Directory.GetFileSystemEntries(Folders).ShouldBe([former]);
    }

    [Theory]
    [InlineData("My.Shop", "My.Shop")]
    [InlineData("a/b:c", "a_b_c")]
    [InlineData("../up", "_.._up")]
    public void DefaultDataFolder_IsNamedLikeTheApplication(string application, string folder) =>
        EmbeddedSilo.DefaultDataFolder(application).ShouldBe(Path.Combine(EmbeddedSilo.DataFolders, folder));

    [Fact]
    public void Running_IsASiloWhoseProgramRunsAndHasAnnouncedItself()
    {
        foreach (var name in (string[])["announced", "older", "another", "gone", "unreadable", "silent"])
        {
            Directory.CreateDirectory(Path.Combine(Folders, name));
        }

        EmbeddedSilo.Announce(Path.Combine(Folders, "announced"), new(System.Net.IPAddress.Loopback, 1));

        // What an earlier version wrote; what a program wrote that had this one's number; what one wrote whose number
        // nobody has.
        Write("older", $$"""{"gateway":"127.0.0.1:2","processId":{{Environment.ProcessId}}}""");
        Write("another", $$"""{"gateway":"127.0.0.1:3","processId":{{Environment.ProcessId}},"start":"long ago"}""");
        Write("gone", $$"""{"gateway":"127.0.0.1:4","processId":{{int.MaxValue}}}""");
        Write("unreadable", "{");

        EmbeddedSilo.FindRunning(Folders).Select(Path.GetFileName).ShouldBe(["announced", "older"]);
        EmbeddedSilo.FindRunning(Path.Combine(_user, "nowhere")).ShouldBeEmpty();

        void Write(string name, string text) => File.WriteAllText(Path.Combine(Folders, name, "silo.json"), text);
    }

    [Theory]
    [InlineData(2020)]
    [InlineData(2090)]
    public void Running_WhateverTheClockWasSetTo(int year)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folders, "announced")).FullName;
        EmbeddedSilo.Announce(folder, new(System.Net.IPAddress.Loopback, 1));

        // A clock that was set since shows in what files were given, and in when the machine seems to have been
        // started.
        var then = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "silo.json"), then);

        EmbeddedSilo.FindRunning(Folders).ShouldBe([folder]);
    }

    private async Task<OsProcess> StartSiloAsync(string application)
    {
        var silo = Start("Orleans.Workflows.Silo.dll", application);
        _started.Add(silo);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Limit);
        while (await silo.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("The silo runs", StringComparison.Ordinal))
            {
                return silo;
            }
        }

        var error = await silo.StandardError.ReadToEndAsync(limit.Token);
        throw new InvalidOperationException($"The silo has ended: {error}");
    }

    private async Task<(int Code, string Error)> OwfAsync(params string[] place)
    {
        using var owf = Start("Orleans.Workflows.Cli.dll", application: null, ["list", .. place]);
        var output = owf.StandardOutput.ReadToEndAsync(Token);
        var error = await owf.StandardError.ReadToEndAsync(Token);
        await output;
        await owf.WaitForExitAsync(Token);
        return (owf.ExitCode, error.Split('\n')[0]);
    }

    private OsProcess Start(string program, string? application, params string[] arguments)
    {
        // Both are beside these tests, with what the silo's frameworks do not have.
        var here = AppContext.BaseDirectory;
        var runtime = Path.Combine(here, "Orleans.Workflows.Silo.runtimeconfig.json");
        string[] command = ["exec", "--runtimeconfig", runtime, Path.Combine(here, program), .. arguments];
        var start = new ProcessStartInfo("dotnet", command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_DATA_HOME"] = _user;
        start.Environment["DOTNET_applicationName"] = application;
        foreach (var port in (string[])["SiloPort", "GatewayPort", "HealthPort"])
        {
            start.Environment[$"Workflows__{port}"] = "0";
        }

        return OsProcess.Start(start)!;
    }
}
