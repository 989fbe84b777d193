using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Imaging;
using FaceLoupe.Tests.Hostile;

namespace FaceLoupe.Fuzz;

/// <summary>
/// Decodes hostile images one after the other; tells which took longest, and which needed most memory.
/// </summary>
/// <param name="output">Where figures go.</param>
internal sealed class HostileRound(TextWriter output)
{
    private const int Listed = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Decodes some files.</summary>
    /// <param name="first">The first one's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="most">Most memory, in MB.</param>
    /// <returns>Whether all were read or refused within time and memory.</returns>
    public bool Run(int first, int count, int most)
    {
        var (read, refused, damaged) = (0, 0, 0);
        var figures = new List<(int Number, TimeSpan Time, long Peak, string Said)>();
        for (var number = first; number < first + count; number++)
        {
            var file = HostilePictures.Make(number);
            GC.Collect();
            ForgetPeak();
            var clock = Stopwatch.StartNew();
            string said;
            try
            {
                var picture = PictureFile.Decode(file, "hostile");
                said = FormattableString.Invariant($"{picture.Width}x{picture.Height}");
                read++;
                damaged += picture.Damage is null ? 0 : 1;
            }
            catch (UnreadablePictureException fault)
            {
                said = fault.Message;
                refused++;
            }

            figures.Add((number, clock.Elapsed, Peak(), said));
        }

        output.WriteLine(FormattableString.Invariant(
            $"{read} read, {damaged} of them reported as damaged, {refused} refused"));
        foreach (var (number, time, peak, said) in figures.OrderByDescending(file => file.Time).Take(Listed)
            .Concat(figures.OrderByDescending(file => file.Peak).Take(Listed)))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"file {number}: {time.TotalSeconds:0.00} s, {peak} MB, {HostilePictures.Make(number).Length} bytes: "
                    + $"{said}"));
        }

        return figures.TrueForAll(file => file.Time < Deadline && file.Peak < most);
    }

    // Linux: the highest memory is counted anew from here.
    private static void ForgetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    private static long Peak()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        }

        var line = File.ReadLines("/proc/self/status").First(
            text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line[6..^2].Trim(), CultureInfo.InvariantCulture) >> 10;
    }
}
