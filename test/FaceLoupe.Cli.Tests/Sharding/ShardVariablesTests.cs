using FaceLoupe.Cli.Sharding;

namespace FaceLoupe.Cli.Tests.Sharding;

public class ShardVariablesTests
{
    [Theory]
    [InlineData(2, 16, "SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_COUNT=16", "SLURM_ARRAY_TASK_MIN=0")]
    [InlineData(1, 16, "SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_COUNT=16", "SLURM_ARRAY_TASK_MIN=1")]
    [InlineData(
        3, 16, "SLURM_ARRAY_TASK_ID=7", "SLURM_ARRAY_TASK_COUNT=16", "SLURM_ARRAY_TASK_MIN=1",
        "SLURM_ARRAY_TASK_STEP=2")]
    [InlineData(
        9, 16, "SLURM_ARRAY_TASK_ID=9", "SLURM_ARRAY_TASK_COUNT=1", "SLURM_ARRAY_TASK_MIN=9", "FACELOUPE_SHARDS=16")]
    [InlineData(3, 8, "JOB_COMPLETION_INDEX=3", "FACELOUPE_SHARDS=8")]
    [InlineData(0, 5, "AWS_BATCH_JOB_ARRAY_INDEX=0", "AWS_BATCH_JOB_ARRAY_SIZE=5")]
    public void schedulers_tell_the_part(int index, int count, params string[] variables) =>
        ShardVariables.Read(In(variables)).ShouldBe(new Shard(index, count));

    [Theory]
    [InlineData("none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, AWS_BATCH_JOB_ARRAY_INDEX is set")]
    [InlineData("set FACELOUPE_SHARDS", "JOB_COMPLETION_INDEX=3")]
    [InlineData(
        "SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX are both set", "SLURM_ARRAY_TASK_ID=1", "JOB_COMPLETION_INDEX=3")]
    [InlineData("FACELOUPE_SHARDS is 'many', not a whole number", "JOB_COMPLETION_INDEX=3", "FACELOUPE_SHARDS=many")]
    [InlineData(
        "(JOB_COMPLETION_INDEX, FACELOUPE_SHARDS): part 8 is out of range", "JOB_COMPLETION_INDEX=8",
        "FACELOUPE_SHARDS=8")]
    public void what_tells_no_part_is_refused(string reported, params string[] variables) =>
        Should.Throw<FaceLoupeException>(() => ShardVariables.Read(In(variables))).Message.ShouldContain(reported);

    private static Func<string, string?> In(string[] variables)
    {
        var known = variables.Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return name => known.GetValueOrDefault(name);
    }
}
