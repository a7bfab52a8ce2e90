using System.Net;
using System.Net.Sockets;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>The ports that a silo listens on, all on loopback.</summary>
/// <param name="Silo">For other silos.</param>
/// <param name="Gateway">For clients.</param>
/// <param name="Health">For health probes.</param>
internal sealed record SiloEndpoints(int Silo, int Gateway, int Health)
{
    /// <summary>Checks the ports and chooses those that are left open.</summary>
    /// <param name="options">The options.</param>
    /// <param name="faults">Where faults go, each with its option.</param>
    /// <returns>The ports.</returns>
    public static SiloEndpoints Choose(WorkflowSiloOptions options, List<string> faults)
    {
        var chosen = new HashSet<int>();
        return new SiloEndpoints(
            Port(nameof(options.SiloPort), options.SiloPort, chosen, faults),
            Port(nameof(options.GatewayPort), options.GatewayPort, chosen, faults),
            Port(nameof(options.HealthPort), options.HealthPort, chosen, faults));
    }

    private static int Port(string option, int wanted, HashSet<int> chosen, List<string> faults)
    {
        if (wanted is < 0 or > 65_535)
        {
            faults.Add($"Workflows:{option} is {wanted}; it must be 0 to 65535. Set it in the configuration, or to 0 for any free port.");
            return wanted;
        }

        // A free port is found by asking for one. Those chosen before are not listened on yet, so they could be given again.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, wanted) { ExclusiveAddressUse = true };
                probe.Start();
                var port = ((IPEndPoint)probe.LocalEndpoint).Port;
                if (chosen.Add(port))
                {
                    return port;
                }

                if (wanted != 0)
                {
                    faults.Add($"Workflows:{option} is {wanted}, which another port of this silo has too. Give each its own, or 0 for any free port.");
                    return wanted;
                }
            }
            catch (SocketException e)
            {
                faults.Add($"Workflows:{option} is {wanted}, and nothing can listen there: {e.Message}. End the program that does, set another port, or 0 for any free port.");
                return wanted;
            }
        }

        faults.Add($"Workflows:{option} is 0, and no free port was found.");
        return wanted;
    }
}
