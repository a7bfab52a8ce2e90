using System.ComponentModel;
using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.CrashHost.Storm.Network;

/// <summary>
/// A network on this machine in which each silo is a host of its own: a network namespace, joined to a bridge by a pair
/// of virtual devices. The database and the clients are on the bridge, at two addresses. All of it is private and
/// vanishes with the process that made it.
/// </summary>
public sealed class StormNetwork : IAsyncDisposable
{
    private const string Program = "ip";
    private const string Device = "eth0";

    /// <summary>An address that no device has: what is sent there is gone.</summary>
    private const string Nowhere = "02:00:00:00:00:01";

    private static int _networks;

    private readonly string _name =
        $"owf{Environment.ProcessId}{(char)('a' + (Interlocked.Increment(ref _networks) % 26))}";
    private readonly string _net = $"10.{Random.Shared.Next(200, 250)}.{Random.Shared.Next(1, 255)}";
    private readonly int _silos;
    private readonly NetworkGuard _guard;

    private StormNetwork(int silos)
    {
        _silos = silos;
        _guard = NetworkGuard.Start(_name, Enumerable.Range(0, silos).Select(Namespace));
    }

    /// <summary>
    /// The addresses of the silos, of clients and of the database, for PostgreSQL's list of who may connect.
    /// </summary>
    public string Range => $"{_net}.0/24";

    /// <summary>The address of the database, which nothing else has.</summary>
    public string Database => $"{_net}.2";

    /// <summary>Makes a network.</summary>
    /// <param name="silos">How many silos it is for.</param>
    /// <returns>The network; or null, and why there can be none here.</returns>
    public static async Task<(StormNetwork? Network, string? WhyNot)> TryCreateAsync(int silos)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return (null, "only root makes network namespaces");
        }

        try
        {
            await IpAsync("-V");
        }
        catch (Win32Exception)
        {
            return (null, $"the program '{Program}' is missing: install the Debian package 'iproute2'");
        }

        var network = new StormNetwork(silos);
        try
        {
            await network.MakeAsync();
            return (network, null);
        }
        catch (InvalidOperationException e)
        {
            await network.DisposeAsync();
            return (null, e.Message);
        }
    }

    /// <summary>The address of a silo.</summary>
    /// <param name="silo">Its number, 0 for the first.</param>
    /// <returns>The address.</returns>
    public string Address(int silo) => $"{_net}.{11 + silo}";

    /// <summary>Begins the command of a program that is to run as a silo's host.</summary>
    /// <param name="silo">Its number.</param>
    /// <returns>The command, which becomes the program, so that its process is the program's.</returns>
    public IReadOnlyList<string> Launcher(int silo) => [Program, "netns", "exec", Namespace(silo)];

    /// <summary>
    /// Cuts a silo off from the other silos, in both directions, without a word to anybody. Database and clients stay.
    /// </summary>
    /// <param name="silo">Its number.</param>
    /// <returns>Completes when it is cut off.</returns>
    public Task CutFromSilosAsync(int silo) => EachOtherAsync(silo, DropAsync);

    /// <summary>Cuts a silo off from the database: what it sends there is lost. Other silos and clients stay.</summary>
    /// <param name="silo">Its number.</param>
    /// <returns>Completes when it is cut off.</returns>
    public Task CutFromDatabaseAsync(int silo) => DropAsync(silo, Database);

    /// <summary>Cuts a silo off from everything, as if its cable were pulled.</summary>
    /// <param name="silo">Its number.</param>
    /// <returns>Completes when it is cut off.</returns>
    public Task CutOffAsync(int silo) => IpAsync("link", "set", Namespace(silo), "down");

    /// <summary>Joins a silo to everything again.</summary>
    /// <param name="silo">Its number.</param>
    /// <returns>Completes when it is joined.</returns>
    public async Task HealAsync(int silo)
    {
        await IpAsync("link", "set", Namespace(silo), "up");
        await PassAsync(silo, Database);
        await EachOtherAsync(silo, PassAsync);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _guard.DisposeAsync();

    private string Namespace(int silo) => $"{_name}s{silo}";

    private async Task MakeAsync()
    {
        await IpAsync("link", "add", _name, "type", "bridge");
        await IpAsync("addr", "add", $"{_net}.1/24", "dev", _name);
        await IpAsync("addr", "add", $"{Database}/24", "dev", _name);
        await IpAsync("link", "set", _name, "up");
        for (var silo = 0; silo < _silos; silo++)
        {
            var name = Namespace(silo);
            await IpAsync("netns", "add", name);
            await IpAsync("link", "add", name, "type", "veth", "peer", "name", Device, "netns", name);
            await IpAsync("link", "set", name, "master", _name, "up");
            await IpAsync("-n", name, "addr", "add", $"{Address(silo)}/24", "dev", Device);
            await IpAsync("-n", name, "link", "set", Device, "up");
            await IpAsync("-n", name, "link", "set", "lo", "up");
        }
    }

    private async Task EachOtherAsync(int silo, Func<int, string, Task> change)
    {
        foreach (var other in Enumerable.Range(0, _silos).Where(other => other != silo))
        {
            await change(silo, Address(other));
            await change(other, Address(silo));
        }
    }

    private Task DropAsync(int silo, string address) =>
        IpAsync(
            "-n",
            Namespace(silo),
            "neigh",
            "replace",
            address,
            "lladdr",
            Nowhere,
            "nud",
            "permanent",
            "dev",
            Device);

    /// <summary>
    /// Forgets where an address was said to be. Not to delete it: a neighbour that was never cut off may not be known.
    /// </summary>
    private Task PassAsync(int silo, string address) =>
        IpAsync("-n", Namespace(silo), "neigh", "flush", "to", address, "dev", Device, "nud", "permanent");

    private static async Task IpAsync(params string[] arguments)
    {
        using var ip = OsProcess.Start(
            new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var (output, error) = (ip.StandardOutput.ReadToEndAsync(), ip.StandardError.ReadToEndAsync());
        await ip.WaitForExitAsync();
        if (ip.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"'{Program} {string.Join(' ', arguments)}' failed: {(await output + await error).Trim()}");
        }
    }
}
