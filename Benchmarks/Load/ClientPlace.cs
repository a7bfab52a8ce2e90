using System.Text.Json.Serialization;

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>Where the client is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClientPlace>))]
internal enum ClientPlace
{
    /// <summary>Inside the silo's process.</summary>
    [JsonStringEnumMemberName("in-process")]
    InProcess = 0,

    /// <summary>In a process of its own, through the gateway.</summary>
    [JsonStringEnumMemberName("gateway")]
    Gateway = 1,
}
