using k8s;
using k8s.Models;

namespace Orleans.Workflows.Deployment.Manifests;

/// <summary>A rendered kustomization, as the Kubernetes API's own types.</summary>
internal sealed class Rendered
{
    private readonly List<object> _objects;

    private Rendered(List<object> objects) => _objects = objects;

    /// <summary>The silos.</summary>
    public V1Deployment Deployment => All<V1Deployment>().ShouldHaveSingleItem();

    /// <summary>The migration of the schema.</summary>
    public V1Job Migration => All<V1Job>().ShouldHaveSingleItem();

    /// <summary>A silo's pod.</summary>
    public V1PodTemplateSpec SiloPod => Deployment.Spec.Template;

    /// <summary>A silo's container.</summary>
    public V1Container Silo => SiloPod.Spec.Containers.ShouldHaveSingleItem();

    /// <summary>The pods of all workloads.</summary>
    public IReadOnlyList<V1PodTemplateSpec> Pods => [SiloPod, Migration.Spec.Template];

    /// <summary>
    /// Reads what kubectl printed. A field that the API does not have, or has twice, is an error, as is a value of
    /// another type.
    /// </summary>
    /// <param name="yaml">The documents.</param>
    /// <returns>The objects.</returns>
    public static Rendered Parse(string yaml) => new(KubernetesYaml.LoadAllFromString(yaml, strict: true));

    /// <summary>All objects of a kind.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>The objects.</returns>
    public IReadOnlyList<T> All<T>() => [.. _objects.OfType<T>()];

    /// <summary>Whether a selector selects a pod.</summary>
    /// <param name="selector">The labels that it asks for.</param>
    /// <param name="pod">The pod.</param>
    /// <returns>Whether the pod has them all.</returns>
    public static bool Selects(IDictionary<string, string> selector, V1PodTemplateSpec pod) =>
        selector.All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
