using System.Net;
using Orleans.Workflows.ClientSdk.Connecting;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>A client that is told nothing takes the one silo that runs, and stays with it.</summary>
public sealed class AnnouncedGatewayTests : IDisposable
{
    private readonly string _folders = Directory.CreateTempSubdirectory("owf-folders-").FullName;

    public void Dispose() => Directory.Delete(_folders, recursive: true);

    [Fact]
    public async Task ToldNothing_TakesTheOneThatRuns_AndFollowsItThroughANewStartAndANeighbour()
    {
        var gateway = new AnnouncedGateway(dataFolder: null, _folders);
        var none = await Should.ThrowAsync<WorkflowUnavailableException>(gateway.GetGateways);
        none.Message.ShouldContain($"below '{_folders}'");

        Announce("shop", 1);
        (await gateway.GetGateways()).ShouldBe([Uri(1)]);

        Announce("bank", 2);
        Announce("shop", 3);
        (await gateway.GetGateways()).ShouldBe([Uri(3)]);
    }

    [Fact]
    public async Task ToldNothing_OfSeveralItTakesNone_AndNamesThem()
    {
        var (shop, bank) = (Announce("shop", 1), Announce("bank", 2));

        var gateway = new AnnouncedGateway(dataFolder: null, _folders);

        var error = await Should.ThrowAsync<WorkflowUnavailableException>(gateway.GetGateways);

        error.Message.ShouldContain($"'{bank}', '{shop}'");
        error.Message.ShouldContain("WorkflowClientOptions.DataFolder");
        (await new AnnouncedGateway(shop, _folders).GetGateways()).ShouldBe([Uri(1)]);
    }

    [Fact]
    public async Task ToldNothing_WhenItIsGone_TakesTheOneThatHasComeSince_AndNoneThatRanBesideIt()
    {
        var gateway = new AnnouncedGateway(dataFolder: null, _folders);
        using var shop = OsProcess.Start("sleep", "1000");
        try
        {
            Announce("shop", 1, shop);
            (await gateway.GetGateways()).ShouldBe([Uri(1)]);
            var bank = Announce("bank", 2);
            (await gateway.GetGateways()).ShouldBe([Uri(1)]);

            shop.Kill();
            await shop.WaitForExitAsync(TestContext.Current.CancellationToken);

            var fault = await Should.ThrowAsync<WorkflowUnavailableException>(gateway.GetGateways);
            fault.Message.ShouldContain("shop' runs no more");
            fault.Message.ShouldContain($"with the data folders '{bank}', are others.");
            Announce("mill", 3);
            (await gateway.GetGateways()).ShouldBe([Uri(3)]);
        }
        finally
        {
            shop.Kill();
        }
    }

    private static Uri Uri(int port) => new IPEndPoint(IPAddress.Loopback, port).ToGatewayUri();

    private string Announce(string application, int port)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folders, application)).FullName;
        EmbeddedSilo.Announce(folder, new IPEndPoint(IPAddress.Loopback, port));
        return folder;
    }

    private void Announce(string application, int port, OsProcess program)
    {
        var file = Path.Combine(Announce(application, port), "silo.json");
        File.WriteAllText(file, $$"""{"gateway":"127.0.0.1:{{port}}","processId":{{program.Id}}}""");
    }
}
