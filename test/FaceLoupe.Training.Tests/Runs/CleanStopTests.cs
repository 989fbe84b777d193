using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class CleanStopTests
{
    [Fact]
    public void the_first_signal_asks_to_stop_and_the_second_ends_the_process()
    {
        using var log = new StringWriter();
        using var stop = CleanStop.Listen(log);
        stop.ExitCode.ShouldBe(0);
        stop.Token.IsCancellationRequested.ShouldBeFalse();
        stop.Take().ShouldBeTrue();
        stop.Token.IsCancellationRequested.ShouldBeTrue();
        stop.ExitCode.ShouldBe(130);
        log.ToString().ShouldContain("checkpoint");
        stop.Take().ShouldBeFalse();
    }
}
