using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Tests;
using k8s;
using k8s.Models;

namespace FaceLoupe.Cli.Tests.Deployment;

/// <summary>
/// The manifests of deploy/kubernetes against the types of the API, and against what the program does.
/// </summary>
public class KubernetesTests
{
    private const string Job = "detect-job.yaml";
    private const string Serve = "serve.yaml";

    [Fact]
    public void every_manifest_is_an_object_of_the_api_without_unknown_keys()
    {
        Of(Job).Select(one => one.GetType()).ShouldBe([typeof(V1Job)]);
        Of(Serve).Select(one => one.GetType()).ShouldBe(
            [typeof(V1Deployment), typeof(V1Service), typeof(V2HorizontalPodAutoscaler), typeof(
                V1PodDisruptionBudget)]);

        // Otherwise the test above would check nothing.
        var spoilt = File.ReadAllText(PathOf(Job)).Replace(
            "completionMode:", "completionsMode:", StringComparison.Ordinal);
        Should.Throw<Exception>(() => KubernetesYaml.LoadAllFromString(spoilt, strict: true)).ToString().ShouldContain(
            "completionsMode");
    }

    [Fact]
    public async Task every_manifest_fits_the_published_schemas()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A script of bash.");
        using var check = Process.Start(new ProcessStartInfo(RepositoryRoot.Combine("eng", "check-manifests"))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var error = check.StandardError.ReadToEndAsync();
        var output = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        Assert.SkipWhen(check.ExitCode == 3, await error);

        check.ExitCode.ShouldBe(0, await error);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(5);
    }

    [Fact]
    public void the_job_has_as_many_indexes_as_the_list_has_parts()
    {
        var spec = One<V1Job>(Job).Spec;
        var container = spec.Template.Spec.Containers.Single();

        spec.CompletionMode.ShouldBe("Indexed");
        container.Env.Single(variable => variable.Name == ShardVariables.Count).Value
            .ShouldBe(spec.Completions!.Value.ToString(CultureInfo.InvariantCulture));
        spec.BackoffLimitPerIndex.ShouldNotBeNull().ShouldBeGreaterThan(0);
        spec.Template.Spec.RestartPolicy.ShouldBe("Never"); // as podFailurePolicy wants it
        container.Args.ShouldContain("--resume");
        ShouldParse(container);
    }

    [Fact]
    public void the_job_tells_failures_apart_by_the_program_s_exit_codes()
    {
        var spec = One<V1Job>(Job).Spec;
        var rules = spec.PodFailurePolicy.Rules;

        ActionOf(ExitCode.NothingDone).ShouldBe("FailJob");
        ActionOf(ExitCode.SomeFailed).ShouldBe("FailIndex");
        ActionOf(ExitCode.Stopped).ShouldBe("Count");
        ActionOf(137).ShouldBe("Count");
        rules[0].Action.ShouldBe("Ignore");
        rules[0].OnPodConditions.Single().Type.ShouldBe("DisruptionTarget");
        rules.Skip(1).ShouldAllBe(rule => rule.OnExitCodes.ContainerName == spec.Template.Spec.Containers[0].Name);

        string ActionOf(int code) =>
            rules.FirstOrDefault(rule => rule.OnExitCodes?.Values.Contains(code) == true)?.Action ?? "Count";
    }

    [Fact]
    public void the_server_is_probed_where_it_answers_and_has_time_to_finish()
    {
        var pod = One<V1Deployment>(Serve).Spec.Template.Spec;
        var container = pod.Containers.Single();

        ShouldParse(container);
        var port = container.Ports.Single();
        Argument(container, "--port").ShouldBe(port.ContainerPort.ToString(CultureInfo.InvariantCulture));
        container.LivenessProbe.HttpGet.Path.ShouldBe("/health/live");
        container.StartupProbe.HttpGet.Path.ShouldBe("/health/live");
        container.ReadinessProbe.HttpGet.Path.ShouldBe("/health/ready");
        foreach (var probe in (V1Probe[])[container.LivenessProbe, container.StartupProbe, container.ReadinessProbe])
        {
            probe.HttpGet.Port.Value.ShouldBe(port.Name);
        }

        var drain = int.Parse(Argument(container, "--drain"), CultureInfo.InvariantCulture);
        pod.TerminationGracePeriodSeconds.ShouldNotBeNull()
            .ShouldBeGreaterThan(drain + container.Lifecycle.PreStop.Sleep.Seconds);
    }

    [Fact]
    public void service_autoscaler_and_budget_mean_the_deployment()
    {
        var deployment = One<V1Deployment>(Serve);
        var labels = deployment.Spec.Template.Metadata.Labels;

        deployment.Spec.Selector.MatchLabels.ShouldBeSubsetOf(labels);
        One<V1Service>(Serve).Spec.Selector.ShouldBeSubsetOf(labels);
        One<V1PodDisruptionBudget>(Serve).Spec.Selector.MatchLabels.ShouldBeSubsetOf(labels);
        var scaler = One<V2HorizontalPodAutoscaler>(Serve).Spec;
        (scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name).ShouldBe(("Deployment", deployment.Metadata.Name));
        scaler.MaxReplicas.ShouldBeGreaterThan(scaler.MinReplicas!.Value);
    }

    [Theory]
    [InlineData(Job)]
    [InlineData(Serve)]
    public void pods_have_limits_and_no_rights(string file)
    {
        var pod = Of(file).Select(one => one switch
        {
            V1Job job => job.Spec.Template.Spec,
            V1Deployment deployment => deployment.Spec.Template.Spec,
            _ => null,
        }).OfType<V1PodSpec>().Single();
        var container = pod.Containers.Single();

        pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
        pod.AutomountServiceAccountToken.ShouldBe(false);
        container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
        container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
        container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
        container.Resources.Limits.Keys.ShouldBe(["cpu", "memory"], ignoreOrder: true);
        container.VolumeMounts.Select(mount => mount.Name).ShouldBe(
            pod.Volumes.Select(volume => volume.Name), ignoreOrder: true);
    }

    private static string PathOf(string file) => RepositoryRoot.Combine("deploy", "kubernetes", file);

    private static List<object> Of(string file) =>
        KubernetesYaml.LoadAllFromString(File.ReadAllText(PathOf(file)), strict: true);

    private static T One<T>(string file) => Of(file).OfType<T>().Single();

    private static string Argument(V1Container container, string name) =>
        container.Args[container.Args.IndexOf(name) + 1];

    private static void ShouldParse(V1Container container) =>
        CommandLine.Create().Parse([.. container.Args]).Errors.ShouldBeEmpty();
}
