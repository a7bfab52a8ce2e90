using System.Text.Json.Serialization;

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>How plans and results go between the benchmark and its client program: one line of JSON each.</summary>
[JsonSerializable(typeof(LoadPlan))]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadJson : JsonSerializerContext;
