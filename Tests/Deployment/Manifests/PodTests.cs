using k8s.Models;

namespace Orleans.Workflows.Deployment.Manifests;

/// <summary>What holds for the pods of the silos and of the migration alike.</summary>
public sealed class PodTests(Kustomizations kustomizations)
{
    private const long ImagesUser = 1654;

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Pod_OfAnyWorkload_RunsWithoutPrivileges(string kustomization)
    {
        foreach (var pod in kustomizations[kustomization].Pods)
        {
            var container = pod.Spec.Containers.ShouldHaveSingleItem();

            pod.Spec.SecurityContext.RunAsNonRoot.ShouldBe(true);
            pod.Spec.SecurityContext.RunAsUser.ShouldBe(ImagesUser);
            pod.Spec.SecurityContext.RunAsGroup.ShouldBe(ImagesUser);
            pod.Spec.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
            container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
            container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
            container.SecurityContext.Capabilities.Add.ShouldBeNull();
            pod.Spec.Volumes.ShouldAllBe(static volume => volume.EmptyDir != null);
            container.VolumeMounts.Select(static mount => mount.MountPath).ShouldBe(["/tmp"]);
        }
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Pod_OfAnyWorkload_HasAnAccountOfItsOwnAndNoToken(string kustomization)
    {
        var rendered = kustomizations[kustomization];

        rendered.Pods.ShouldAllBe(static pod => pod.Spec.AutomountServiceAccountToken == false);
        rendered.Pods.Select(static pod => pod.Spec.ServiceAccountName).ShouldBeUnique();
        rendered
            .Pods.Select(static pod => pod.Spec.ServiceAccountName)
            .ShouldBe(
                rendered.All<V1ServiceAccount>().Select(static account => account.Metadata.Name),
                ignoreOrder: true);
        rendered.All<V1ServiceAccount>().ShouldAllBe(static account => account.AutomountServiceAccountToken == false);
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Resources_OfAnyContainer_LimitMemoryAndNotCpu(string kustomization)
    {
        foreach (
            var resources in kustomizations[kustomization]
                .Pods.Select(static pod => pod.Spec.Containers.Single().Resources))
        {
            resources.Requests.Keys.ShouldBe(["cpu", "memory"], ignoreOrder: true);
            resources.Limits.Keys.ShouldBe(["memory"]);
            resources
                .Limits["memory"]
                .ToDecimal()
                .ShouldBeGreaterThanOrEqualTo(resources.Requests["memory"].ToDecimal());
        }
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void ConnectionString_OfAnyContainer_ComesFromTheSecretThatTheClusterHas(string kustomization)
    {
        var rendered = kustomizations[kustomization];

        foreach (var container in rendered.Pods.Select(static pod => pod.Spec.Containers.Single()))
        {
            var variable = container
                .Env.Where(static candidate => candidate.ValueFrom?.SecretKeyRef is not null)
                .ShouldHaveSingleItem();
            variable.Name.ShouldBe("ConnectionStrings__Workflows");
            (variable.ValueFrom.SecretKeyRef.Name, variable.ValueFrom.SecretKeyRef.Key).ShouldBe(
                ("orleans-workflows-postgres", "connection-string"));
        }

        rendered.All<V1Secret>().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Migration_OfTheSchema_RunsTheSilosImageWithTheMigrateCommand(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        var migrate = rendered.Migration.Spec.Template.Spec.Containers.Single();

        migrate.Image.ShouldBe(rendered.Silo.Image);
        migrate.Command.ShouldBeNull();
        migrate.Args.ShouldBe(["migrate"]);
        migrate
            .Env.Select(static variable => variable.Name)
            .Where(static name => !SiloSettings.IsRead(name))
            .ShouldBeEmpty();
        rendered.Migration.Metadata.Name.ShouldBe("orleans-workflows-migrate");
        rendered.Migration.Spec.Template.Spec.RestartPolicy.ShouldBe("Never");
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Image_OfTheSilos_HasTheTagOfTheBase(string kustomization)
    {
        var expected = kustomizations["base"].Silo.Image;

        var image = kustomizations[kustomization].Silo.Image;

        image.Split('/')[^1].ShouldBe(expected);
        image.ShouldNotEndWith(":latest");
    }
}
