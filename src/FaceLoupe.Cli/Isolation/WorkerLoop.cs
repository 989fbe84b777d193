using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Isolation;

/// <summary>The loop of a worker: it answers one question after another.</summary>
internal static class WorkerLoop
{
    /// <summary>Answers until there are no more questions.</summary>
    /// <param name="questions">Where they come from.</param>
    /// <param name="answers">Where answers go.</param>
    public static void Run(Stream questions, Stream answers)
    {
        while (WorkerWire.ReadQuestion(questions) is { } question)
        {
            WorkerWire.Write(answers, Answer(question));
        }
    }

    private static WorkerAnswer Answer(WorkerQuestion question)
    {
        try
        {
            if (question.SizeOnly)
            {
                return new WorkerAnswer(PictureSize.Read(question.File.Span, question.Name), null, null);
            }

            var picture = PictureFile.Decode(question.File.Span, question.Name);
            return new WorkerAnswer(new PictureSize(picture.Width, picture.Height), picture, null);
        }
        catch (UnreadablePictureException fault)
        {
            return new WorkerAnswer(default, null, fault.Message);
        }
        catch (OutOfMemoryException)
        {
            return new WorkerAnswer(
                default, null, $"{question.Name}: needs more memory than --isolate-memory allows; shrink it, or raise "
                    + "the limit.");
        }
    }
}
