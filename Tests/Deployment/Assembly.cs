using System.Runtime.Versioning;
using Orleans.Workflows.Deployment.Image;
using Orleans.Workflows.Deployment.Manifests;

[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Kustomizations))]

namespace Orleans.Workflows.Deployment;

/// <summary>The tests that share one image: making it takes as long as all the others together.</summary>
[CollectionDefinition(nameof(OneImage))]
public sealed class OneImage : ICollectionFixture<SiloImage>;
