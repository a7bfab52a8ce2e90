using System.Net;
using System.Net.Sockets;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Where a silo listens.</summary>
/// <param name="Address">The address, which others use too.</param>
/// <param name="Silo">The port for other silos.</param>
/// <param name="Gateway">The port for clients.</param>
/// <param name="Health">The port for health probes.</param>
internal sealed record SiloEndpoints(IPAddress Address, int Silo, int Gateway, int Health)
{
    // A free port is chosen before anything listens there. One that the system would give (port 0) is one of those that
    // it also gives to outgoing connections, of this machine's whole load, until then; those below it gives to nothing.
    private const int FirstFree = 20_000;
    private const int FreeEnd = 32_768;

    /// <summary>Where clients connect.</summary>
    public IPEndPoint GatewayEndpoint => new(Address, Gateway);

    /// <summary>Where health probes are answered.</summary>
    public IPEndPoint HealthEndpoint => new(Address, Health);

    /// <summary>Checks the address and the ports, and chooses the ports that are left open.</summary>
    /// <param name="options">The options.</param>
    /// <param name="faults">Where faults go, each with its option.</param>
    public static SiloEndpoints Choose(WorkflowSiloOptions options, List<string> faults)
    {
        var chosen = new HashSet<int>();
        var address = ReadAddress(options.Address, faults);
        return new SiloEndpoints(
            address,
            Port(address, nameof(options.SiloPort), options.SiloPort, chosen, faults),
            Port(address, nameof(options.GatewayPort), options.GatewayPort, chosen, faults),
            Port(address, nameof(options.HealthPort), options.HealthPort, chosen, faults));
    }

    private static IPAddress ReadAddress(string text, List<string> faults)
    {
        if (
            IPAddress.TryParse(text, out var address)
            && !address.Equals(IPAddress.Any)
            && !address.Equals(IPAddress.IPv6Any))
        {
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(address, 0));
                return address;
            }
            catch (SocketException e)
            {
                faults.Add(
                    $"Workflows:{nameof(WorkflowSiloOptions.Address)} is '{text}', where this machine cannot listen: "
                    + $"{Sentence.Ended(e.Message)} Set an address of this machine.");
                return IPAddress.Loopback;
            }
        }

        faults.Add(
            $"Workflows:{nameof(WorkflowSiloOptions.Address)} is '{text}'; it must be one address that other silos and "
            + "clients reach, no name and no wildcard. Set an address of this machine, or 127.0.0.1.");
        return IPAddress.Loopback;
    }

    private static int Port(IPAddress address, string option, int wanted, HashSet<int> chosen, List<string> faults)
    {
        if (wanted is < 0 or > 65_535)
        {
            faults.Add(
                $"Workflows:{option} is {wanted}; it must be 0 to 65535. Set it in the configuration, or to 0 for any "
                + "free port.");
            return wanted;
        }

        if (faults.Exists(fault => fault.StartsWith($"Workflows:{option} is ", StringComparison.Ordinal)))
        {
            // It cannot be read: whether the default would be free is not what is asked.
            return wanted;
        }

        if (wanted == 0)
        {
            return FreePort(address, option, chosen, faults);
        }

        if (!chosen.Add(wanted))
        {
            faults.Add(
                $"Workflows:{option} is {wanted}, which another port of this silo has too. Give each its own, or 0 for "
                + "any free port.");
        }
        else if (WhyNot(address, wanted) is { } reason)
        {
            faults.Add(
                $"Workflows:{option} is {wanted}, and nothing can listen there: {Sentence.Ended(reason)} End the "
                + "program that does, set another port, or 0 for any free port.");
        }

        return wanted;
    }

    private static int FreePort(IPAddress address, string option, HashSet<int> chosen, List<string> faults)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = Random.Shared.Next(FirstFree, FreeEnd);
            if (WhyNot(address, port) is null && chosen.Add(port))
            {
                return port;
            }
        }

        faults.Add($"Workflows:{option} is 0, and no free port was found from {FirstFree} to {FreeEnd - 1}.");
        return 0;
    }

    private static string? WhyNot(IPAddress address, int port)
    {
        try
        {
            using var probe = new TcpListener(address, port) { ExclusiveAddressUse = true };
            probe.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }
}
