using System.Globalization;
using System.Net;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads the address of a gateway.</summary>
internal static class Gateway
{
    /// <summary>Reads an address.</summary>
    /// <param name="text"><c>HOST:PORT</c>; an IPv6 address in brackets.</param>
    /// <returns>The host, which may be a name or an address, and the port.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static DnsEndPoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon] : "";
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        var name = bracketed ? host[1..^1] : host;
        var kind = Uri.CheckHostName(name);
        return
            kind != UriHostNameType.Unknown
            && (kind == UriHostNameType.IPv6) == bracketed
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            ? new DnsEndPoint(name, port)
            : throw new FormatException(
                $"'{text}' is no gateway: write HOST:PORT, such as 127.0.0.1:30000 or [::1]:30000.");
    }
}
