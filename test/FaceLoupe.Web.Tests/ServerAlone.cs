namespace FaceLoupe.Web.Tests;

/// <summary>
/// Tests that must not run beside others: the metrics of servers in one process share their series, and a server that
/// stops ends them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ServerAlone
{
    public const string Name = "server alone";
}
