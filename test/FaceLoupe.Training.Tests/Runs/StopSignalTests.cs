using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class StopSignalTests
{
    [Fact]
    public void the_first_signal_asks_to_stop_and_the_second_ends_the_process()
    {
        using var log = new StringWriter();
        using var stop = new StopSignal(log);
        stop.ExitCode.ShouldBe(0);
        stop.Token.IsCancellationRequested.ShouldBeFalse();
        stop.Press().ShouldBeTrue();
        stop.Token.IsCancellationRequested.ShouldBeTrue();
        stop.ExitCode.ShouldBe(130);
        log.ToString().ShouldContain("checkpoint");
        stop.Press().ShouldBeFalse();
    }
}
