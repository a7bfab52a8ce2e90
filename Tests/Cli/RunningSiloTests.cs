using System.Net;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.CliTests;

public sealed class RunningSiloTests : IDisposable
{
    private readonly string _folders = Directory.CreateTempSubdirectory("owf-running-").FullName;

    public void Dispose() => Directory.Delete(_folders, recursive: true);

    [Fact]
    public void Choose_NoneRuns_SaysSoAndWhatToDo()
    {
        var fault = Should.Throw<NoConnectionException>(() => RunningSilo.Choose(Settings(), _folders));

        fault.Message.ShouldBe($"No silo runs on this machine with a data folder below '{_folders}'.");
        fault.Hint.ShouldStartWith("Start the program that has your processes");
    }

    [Fact]
    public void Choose_OneRuns_IsThatOne()
    {
        Announce("shop");

        RunningSilo.Choose(Settings(), _folders).DataFolder.ShouldBe(Path.Combine(_folders, "shop"));
    }

    [Fact]
    public void Choose_SeveralRun_ListsThemOnOneLine()
    {
        Announce("bank");
        Announce("shop");

        Should
            .Throw<UsageException>(() => RunningSilo.Choose(Settings(), _folders))
            .Message.ShouldBe(
                $"2 silos run on this machine. Say which one is meant: --data-folder '{_folders}/bank' or "
                + $"--data-folder '{_folders}/shop'");
    }

    private void Announce(string application) =>
        EmbeddedSilo.Announce(
            Directory.CreateDirectory(Path.Combine(_folders, application)).FullName,
            new IPEndPoint(IPAddress.Loopback, 1));

    private static ConnectionSettings Settings() => new() { Gateways = [], Timeout = TimeSpan.FromSeconds(1) };
}
